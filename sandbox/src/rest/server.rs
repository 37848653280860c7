//! HTTP for the REST API: who asks, what goes wrong by order, what is recorded, and the answer's headers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{Request as HttpRequest, Response, header};
use serde_json::Value;

use super::bucket::{Limit, take_from_bucket};
use super::read;
use super::trouble::{afflict, happens_after, rate_limit_body};
use super::{Answer, Call, Route, find};
use crate::cuttable::Cut;
use crate::fault::RestTrouble;
use crate::record::{RecordedRequest, Request};
use crate::shared::Shared;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::draft::Upload;
use crate::world::refusal::Refusal;

/// A request that has been read, whether or not it makes sense.
struct Incoming {
    request: Request,
    token: String,
    route: Result<&'static Route, Refusal>,
    params: Vec<(String, String)>,
    uploads: Vec<Upload>,
    /// Set when the body could not be read.
    unreadable: Option<Refusal>,
}

/// What goes back, before it is HTTP.
struct Outgoing {
    status: u16,
    body: Option<Value>,
    refusal: Option<Refusal>,
    applied: bool,
    limit: Limit,
}

/// Serves everything below `/api/v10`.
pub(crate) async fn serve(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: HttpRequest<Body>,
) -> Response<Body> {
    let incoming = read_request(&shared, request).await;
    let request = incoming.request.clone();
    let trouble = shared.write(|world| world.faults.take_for(&request));
    match trouble {
        Some(RestTrouble::Delay(by)) => tokio::time::sleep(by).await,
        Some(RestTrouble::Spend { .. }) | None => {}
        Some(trouble) if !happens_after(trouble) => {
            return afflict(&shared, &cut, request, trouble, false);
        }
        Some(_) => {}
    }
    let mut outgoing = shared.write(|world| answer(&shared, world, incoming));
    if let Some(RestTrouble::Spend { reset_after_s }) = trouble {
        outgoing.limit.remaining = 0;
        outgoing.limit.reset_after_s = reset_after_s;
    }
    if let Some(trouble) = trouble.filter(|trouble| happens_after(*trouble)) {
        return afflict(&shared, &cut, request, trouble, outgoing.applied);
    }
    let response = respond(&outgoing);
    record(
        &shared,
        request,
        Some(outgoing.status),
        outgoing.applied,
        outgoing.refusal,
    );
    response
}

async fn read_request(shared: &Shared, http: HttpRequest<Body>) -> Incoming {
    let method = http.method().as_str().to_owned();
    let path = http.uri().path().to_owned();
    let path = path.strip_prefix("/api/v10").unwrap_or(&path).to_owned();
    let query = read::query(http.uri().query().unwrap_or(""));
    let token = token(&http);
    let (body, unreadable) = match read::body(http).await {
        Ok(body) => (body, None),
        Err(refusal) => (read::Body::default(), Some(refusal)),
    };
    let (route, params) = match find(&method, &path) {
        Ok((route, params)) => (Ok(route), params),
        Err(refusal) => (Err(refusal), Vec::new()),
    };
    let params = params
        .into_iter()
        .map(|(name, value)| (name, read::unescape(&value)))
        .collect();
    let files = body
        .uploads
        .iter()
        .map(|upload| (upload.name.clone(), upload.bytes.len()))
        .collect();
    let (at_ms, bot) =
        shared.read(|world| (world.now_ms(), world.bot_by_token(&token).map(|bot| bot.id)));
    let route_path = route.as_ref().map_or("", |route| route.path).to_owned();
    let request = Request {
        at_ms,
        bot,
        method,
        path,
        route: route_path,
        query,
        body: body.json,
        files,
    };
    Incoming {
        request,
        token,
        route,
        params,
        uploads: body.uploads,
        unreadable,
    }
}

fn token(http: &HttpRequest<Body>) -> String {
    let value = http
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.strip_prefix("Bot "))
        .unwrap_or("")
        .to_owned()
}

/// Answers by the rules.
fn answer(shared: &Shared, world: &mut World, incoming: Incoming) -> Outgoing {
    let major = incoming
        .params
        .first()
        .map_or("", |(_, value)| value.as_str());
    let limit = take_from_bucket(world, &incoming.request, major, &incoming.token);
    let limit = match limit {
        Ok(limit) => limit,
        Err(limit) => return over_limit(limit),
    };
    let outcome = attempt(shared, world, incoming);
    let (status, body, refusal) = match outcome {
        Ok(Answer::Ok(body)) => (200, Some(body), None),
        Ok(Answer::Created(body)) => (201, Some(body), None),
        Ok(Answer::NoContent) => (204, None, None),
        Err(refusal) => (refusal.status, Some(refusal.body()), Some(refusal)),
    };
    Outgoing {
        status,
        body,
        applied: refusal.is_none(),
        refusal,
        limit,
    }
}

fn attempt(shared: &Shared, world: &mut World, incoming: Incoming) -> Result<Answer, Refusal> {
    let bot = sender(world, &incoming)?;
    let route = incoming.route?;
    if let Some(refusal) = incoming.unreadable {
        return Err(refusal);
    }
    let Request { query, body, .. } = incoming.request;
    let call = Call {
        bot,
        params: incoming.params,
        query,
        body,
        uploads: incoming.uploads,
    };
    check_schema(shared, world, route, &call)?;
    let answer = (route.handler)(world, call)?;
    check_answer(shared, world, route, &answer);
    Ok(answer)
}

/// The bot that asks.
fn sender(world: &World, incoming: &Incoming) -> Result<Snowflake, Refusal> {
    let is_open = incoming.route.as_ref().is_ok_and(|route| route.is_open());
    match world.bot_by_token(&incoming.token) {
        Some(bot) => Ok(bot.id),
        None if is_open => Ok(0),
        None => Err(Refusal::unauthorized()),
    }
}

fn check_schema(
    shared: &Shared,
    world: &mut World,
    route: &Route,
    call: &Call,
) -> Result<(), Refusal> {
    let Some(schema) = &shared.schema else {
        return Ok(());
    };
    let found = schema.check_request(
        route.method,
        route.path,
        &call.params,
        &call.query,
        &call.body,
    );
    if found.is_empty() {
        return Ok(());
    }
    let sentence = found.join("; ");
    world.record.schema_violations.extend(found);
    Err(Refusal::field("schema", "OPENAPI_SCHEMA", sentence))
}

fn check_answer(shared: &Shared, world: &mut World, route: &Route, answer: &Answer) {
    let Some(schema) = shared.schema.as_ref().filter(|_| shared.check_responses) else {
        return;
    };
    let (status, body) = match answer {
        Answer::Ok(body) => (200, body),
        Answer::Created(body) => (201, body),
        Answer::NoContent => return,
    };
    let found = schema.check_response(route.method, route.path, status, body);
    world.record.response_violations.extend(found);
}

fn over_limit(limit: Limit) -> Outgoing {
    let body = rate_limit_body(limit.reset_after_s, false);
    Outgoing {
        status: 429,
        body: Some(body),
        refusal: None,
        applied: false,
        limit,
    }
}

fn respond(outgoing: &Outgoing) -> Response<Body> {
    let limit = &outgoing.limit;
    let mut headers = vec![
        ("x-ratelimit-limit", limit.limit.to_string()),
        ("x-ratelimit-remaining", limit.remaining.to_string()),
        (
            "x-ratelimit-reset",
            format!("{:.3}", limit.now_s + limit.reset_after_s),
        ),
        (
            "x-ratelimit-reset-after",
            format!("{:.3}", limit.reset_after_s),
        ),
        ("x-ratelimit-bucket", limit.bucket.clone()),
    ];
    if outgoing.status == 429 {
        headers.push(("retry-after", format!("{}", limit.reset_after_s.ceil())));
        headers.push(("x-ratelimit-scope", "user".to_owned()));
    }
    let body = outgoing.body.as_ref().map(Value::to_string);
    http(outgoing.status, &headers, body, "application/json")
}

pub(super) fn http(
    status: u16,
    headers: &[(&'static str, String)],
    body: Option<String>,
    content_type: &'static str,
) -> Response<Body> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, value);
    }
    if body.is_some() {
        response = response.header(header::CONTENT_TYPE, content_type);
    }
    response
        .body(body.map_or_else(Body::empty, Body::from))
        .unwrap_or_default()
}

pub(super) fn record(
    shared: &Shared,
    request: Request,
    status: Option<u16>,
    applied: bool,
    refusal: Option<Refusal>,
) {
    tracing::debug!(method = %request.method, route = %request.route, status, "request");
    shared.write(|world| {
        world.record.add(RecordedRequest {
            request,
            status,
            applied,
            refusal,
        });
    });
}

/// Gives an attachment's bytes to whoever has its address.
pub(crate) async fn attachment(
    State(shared): State<Arc<Shared>>,
    axum::extract::Path((channel, id, _name)): axum::extract::Path<(u64, u64, String)>,
) -> Response<Body> {
    let found = shared.read(|world| {
        let mut public = world
            .channels
            .get(&channel)?
            .messages
            .values()
            .flat_map(|message| &message.attachments);
        let file = public.find(|attachment| attachment.id == id);
        file.or_else(|| world.private_attachment(id)).cloned()
    });
    let Some(file) = found else {
        return http(404, &[], None, "text/plain");
    };
    let content_type = file.content_type.as_deref();
    let response = Response::builder().header(
        header::CONTENT_TYPE,
        content_type.unwrap_or("application/octet-stream"),
    );
    let body = Body::from(file.bytes.to_vec());
    response.body(body).unwrap_or_default()
}
