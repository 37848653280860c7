//! One request: what is asked of which route. It knows nothing of how often it is made.

use serenity::http::{LightMethod, Multipart, Request, Route};

/// A request: what is asked of which route.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    pub(super) method: LightMethod,
    pub(super) route: Route<'a>,
    params: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
    multipart: Option<Multipart>,
}

impl<'a> Call<'a> {
    /// Reads.
    pub fn get(route: Route<'a>) -> Self {
        Self::new(LightMethod::Get, route, None)
    }

    /// Makes something new.
    pub fn post(route: Route<'a>, body: Vec<u8>) -> Self {
        Self::new(LightMethod::Post, route, Some(body))
    }

    /// Changes something.
    pub fn patch(route: Route<'a>, body: Vec<u8>) -> Self {
        Self::new(LightMethod::Patch, route, Some(body))
    }

    /// Puts something in its place.
    pub fn put(route: Route<'a>) -> Self {
        Self::new(LightMethod::Put, route, None)
    }

    /// Puts something in the place of what is there.
    pub fn replace(route: Route<'a>, body: Vec<u8>) -> Self {
        Self::new(LightMethod::Put, route, Some(body))
    }

    /// Deletes.
    pub fn delete(route: Route<'a>) -> Self {
        Self::new(LightMethod::Delete, route, None)
    }

    /// With files beside a JSON body, in the place of a body.
    pub(in crate::discord) fn multipart(mut self, multipart: Multipart) -> Self {
        self.body = None;
        self.multipart = Some(multipart);
        self
    }

    /// With a parameter behind the `?`.
    pub fn param(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    fn new(method: LightMethod, route: Route<'a>, body: Option<Vec<u8>>) -> Self {
        Self {
            method,
            route,
            params: Vec::new(),
            body,
            multipart: None,
        }
    }

    /// As serenity takes it.
    pub(super) fn request(&self) -> Request<'a> {
        let params = (!self.params.is_empty()).then(|| self.params.clone());
        Request::new(self.route, self.method)
            .body(self.body.clone())
            .multipart(self.multipart.clone())
            .params(params)
    }
}
