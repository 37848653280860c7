//! An address taken apart just far enough to put an offset into it, and together again.

use std::fmt;

/// The parts of a web address; joined again they give the same text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// Scheme and host with its port: `https://www.example.org`.
    pub origin: &'a str,
    /// The path with its leading slash, or nothing.
    pub path: &'a str,
    /// The parameters after `?`, each `name=value` or a bare name.
    pub query: Vec<String>,
    /// What stands after `#`, taken apart at `&` as well.
    pub fragment: Vec<String>,
}

impl<'a> Address<'a> {
    pub fn of(url: &'a str) -> Self {
        let (url, fragment) = url.split_once('#').unwrap_or((url, ""));
        let (url, query) = url.split_once('?').unwrap_or((url, ""));
        let host = url.find("://").map_or(0, |at| at + 3);
        let slash = url[host..].find('/').map_or(url.len(), |at| host + at);
        let (origin, path) = url.split_at(slash);
        Self {
            origin,
            path,
            query: parameters(query),
            fragment: parameters(fragment),
        }
    }

    /// The host in small letters, without port and `www.`.
    pub fn host(&self) -> String {
        let host = self
            .origin
            .split_once("://")
            .map_or(self.origin, |(_, host)| host);
        let host = host.split(':').next().unwrap_or(host).to_ascii_lowercase();
        host.strip_prefix("www.")
            .map_or(host.clone(), str::to_owned)
    }

    /// Puts a parameter into the query, once.
    pub fn set_query(&mut self, name: &str, value: &str) {
        set(&mut self.query, name, value);
    }

    /// Puts a parameter into the fragment, once.
    pub fn set_fragment(&mut self, name: &str, value: &str) {
        set(&mut self.fragment, name, value);
    }

    /// Takes these parameters out of query and fragment.
    pub fn remove(&mut self, names: &[&str]) {
        for parameters in [&mut self.query, &mut self.fragment] {
            parameters.retain(|parameter| !names.iter().any(|name| is_named(parameter, name)));
        }
    }
}

fn parameters(text: &str) -> Vec<String> {
    text.split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_named(parameter: &str, name: &str) -> bool {
    parameter
        .split('=')
        .next()
        .is_some_and(|found| found.eq_ignore_ascii_case(name))
}

/// Replaces the first of that name where it stands, so that the rest keeps its order.
fn set(parameters: &mut Vec<String>, name: &str, value: &str) {
    let place = parameters
        .iter()
        .position(|parameter| is_named(parameter, name));
    parameters.retain(|parameter| !is_named(parameter, name));
    parameters.insert(place.unwrap_or(parameters.len()), format!("{name}={value}"));
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)?;
        for (mark, parameters) in [('?', &self.query), ('#', &self.fragment)] {
            if !parameters.is_empty() {
                write!(f, "{mark}{}", parameters.join("&"))?;
            }
        }
        Ok(())
    }
}
