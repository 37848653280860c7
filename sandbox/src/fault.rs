//! What can be made to go wrong, on demand. Everything here is an order; what carries it out is in `gateway` and `rest`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::record::Request;
use crate::world::World;
use crate::world::session::Order;

/// Something that goes wrong. Faults that last do so until [`crate::Sandbox::mend`].
#[derive(Debug, Clone)]
pub enum Fault {
    /// Every gateway connection ends at once, without a close frame.
    DropConnections,
    /// Every gateway connection is closed with this code. With 4003, 4007 and 4009 the sessions are gone as well.
    CloseConnections(u16),
    /// Lasting: every IDENTIFY and RESUME is answered by closing with this code.
    RefuseIdentify(u16),
    /// Op 9 on every connection. Not resumable: the session is forgotten as well.
    InvalidateSessions {
        /// Whether the client is told that it may resume.
        resumable: bool,
    },
    /// Op 7 on every connection: the client is asked to come back.
    Reconnect,
    /// Op 1 on every connection: the client is asked for a heartbeat.
    DemandHeartbeat,
    /// Lasting: heartbeats are not acknowledged.
    IgnoreHeartbeats,
    /// Lasting: events never reach anybody, as if they had not happened.
    LoseEvents,
    /// Lasting: events wait until [`crate::Sandbox::mend`], and come then.
    HoldEvents,
    /// Lasting: who identifies hears nothing, not even READY, until [`crate::Sandbox::mend`].
    HoldGreetings,
    /// Lasting: every event comes twice.
    DuplicateEvents,
    /// Lasting: events come in groups of so many, each group out of order.
    ShuffleEvents {
        /// How many events make a group; 2 at least.
        window: usize,
    },
    /// Something goes wrong with certain requests.
    Rest(RestFault),
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RestTrouble {
    RateLimit {
        retry_after_s: f64,
        is_global: bool,
        with_headers: bool,
    },
    ServerError {
        status: u16,
        after_effect: bool,
    },
    Drop {
        after_effect: bool,
    },
    Delay(Duration),
    /// Served as the last of its bucket.
    Spend {
        reset_after_s: f64,
    },
}

type Filter = Arc<dyn Fn(&Request) -> bool + Send + Sync>;

/// Something that goes wrong with certain requests: by default with the next one, whatever it is.
#[derive(Clone)]
pub struct RestFault {
    pub(crate) trouble: RestTrouble,
    on: Option<(String, String)>,
    filter: Option<Filter>,
    /// How many requests are still to suffer.
    left: u32,
    /// Whether the time that is named has to pass before anything more is let through.
    enforced: bool,
}

impl std::fmt::Debug for RestFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RestFault")
            .field("trouble", &self.trouble)
            .field("on", &self.on)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

impl RestFault {
    fn new(trouble: RestTrouble) -> Self {
        Self {
            trouble,
            on: None,
            filter: None,
            left: 1,
            enforced: false,
        }
    }

    /// 429 of one route, with the time to wait (in seconds) in the headers and in the body.
    #[must_use]
    pub fn rate_limit(retry_after_s: f64) -> Self {
        Self::new(RestTrouble::RateLimit {
            retry_after_s,
            is_global: false,
            with_headers: true,
        })
    }

    /// 429 of all routes at once.
    #[must_use]
    pub fn global_rate_limit(retry_after_s: f64) -> Self {
        Self::new(RestTrouble::RateLimit {
            retry_after_s,
            is_global: true,
            with_headers: true,
        })
    }

    /// 429 without any header, and with a body that is not JSON, as a proxy in between sends it.
    #[must_use]
    pub fn bare_rate_limit() -> Self {
        Self::new(RestTrouble::RateLimit {
            retry_after_s: 0.0,
            is_global: false,
            with_headers: false,
        })
    }

    /// Served, and the headers say that nothing remains of the bucket for so long (in seconds). Enforced.
    #[must_use]
    pub fn spent(reset_after_s: f64) -> Self {
        Self::new(RestTrouble::Spend { reset_after_s }).enforced()
    }

    /// This status (500, 502, …), and nothing has been done.
    #[must_use]
    pub fn error_before(status: u16) -> Self {
        Self::new(RestTrouble::ServerError {
            status,
            after_effect: false,
        })
    }

    /// This status, though what was asked for **has** been done.
    #[must_use]
    pub fn error_after(status: u16) -> Self {
        Self::new(RestTrouble::ServerError {
            status,
            after_effect: true,
        })
    }

    /// The connection breaks, and nothing has been done.
    #[must_use]
    pub fn drop_before() -> Self {
        Self::new(RestTrouble::Drop {
            after_effect: false,
        })
    }

    /// The connection breaks, though what was asked for **has** been done.
    #[must_use]
    pub fn drop_after() -> Self {
        Self::new(RestTrouble::Drop { after_effect: true })
    }

    /// The request waits before anything is done.
    #[must_use]
    pub fn delay(by: Duration) -> Self {
        Self::new(RestTrouble::Delay(by))
    }

    /// Only requests of this method to this route, written as in Discord's documentation
    /// (`/channels/{channel_id}/messages`), or to this very path.
    #[must_use]
    pub fn on(mut self, method: &str, route: &str) -> Self {
        self.on = Some((method.to_owned(), route.to_owned()));
        self
    }

    /// Only requests for which this holds.
    #[must_use]
    pub fn when(mut self, filter: impl Fn(&Request) -> bool + Send + Sync + 'static) -> Self {
        self.filter = Some(Arc::new(filter));
        self
    }

    /// Not one such request, but so many.
    #[must_use]
    pub fn times(mut self, count: u32) -> Self {
        self.left = count;
        self
    }

    /// Every such request, until [`crate::Sandbox::mend`].
    #[must_use]
    pub fn always(self) -> Self {
        self.times(u32::MAX)
    }

    /// Of rate limits: until the time that is named has passed (by a stopwatch, not the sandbox's clock), whatever
    /// else comes on that route gets 429 as well, with the time that is left; if it is global, whatever comes at all but answers to interactions.
    #[must_use]
    pub fn enforced(mut self) -> Self {
        self.enforced = true;
        self
    }

    fn strikes(&self, request: &Request) -> bool {
        let is_on = self.on.as_ref().is_none_or(|(method, route)| {
            *method == request.method && (*route == request.route || *route == request.path)
        });
        is_on && self.filter.as_ref().is_none_or(|filter| filter(request))
    }
}

impl From<RestFault> for Fault {
    fn from(fault: RestFault) -> Self {
        Self::Rest(fault)
    }
}

/// What happens to events on their way out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EventFaults {
    pub lose: bool,
    pub hold: bool,
    pub duplicate: bool,
    pub shuffle: Option<usize>,
}

/// Something that an enforced rate limit has closed.
#[derive(Debug)]
struct Closed {
    /// `None`: everything but answers to interactions.
    bucket: Option<String>,
    until: Instant,
}

impl Closed {
    fn by(fault: &RestFault, request: &Request) -> Option<Self> {
        let (seconds, is_global) = match fault.trouble {
            RestTrouble::Spend { reset_after_s } => (reset_after_s, false),
            RestTrouble::RateLimit {
                retry_after_s,
                is_global,
                ..
            } => (retry_after_s, is_global),
            _ => return None,
        };
        fault.enforced.then(|| Self {
            bucket: (!is_global).then(|| bucket_of(request)),
            until: Instant::now() + Duration::from_secs_f64(seconds),
        })
    }

    fn strikes(&self, request: &Request) -> bool {
        match &self.bucket {
            Some(bucket) => *bucket == bucket_of(request),
            None => !request.answers_interaction(),
        }
    }
}

/// A route of one channel, server or interaction.
fn bucket_of(request: &Request) -> String {
    format!("{} {} {}", request.method, request.route, request.major())
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    closed: Vec<Closed>,
    pub events: EventFaults,
    pub ignore_heartbeats: bool,
    pub hold_greetings: bool,
    pub refuse_identify: Option<u16>,
    rest: Vec<RestFault>,
}

impl Faults {
    /// The trouble that a request is in for; counts it off.
    pub fn take_for(&mut self, request: &Request) -> Option<RestTrouble> {
        if let Some(trouble) = self.closed_for(request) {
            return Some(trouble);
        }
        let index = self.rest.iter().position(|fault| fault.strikes(request))?;
        let fault = &mut self.rest[index];
        let trouble = fault.trouble;
        self.closed.extend(Closed::by(fault, request));
        if fault.left != u32::MAX {
            fault.left -= 1;
        }
        if fault.left == 0 {
            self.rest.remove(index);
        }
        Some(trouble)
    }

    fn closed_for(&mut self, request: &Request) -> Option<RestTrouble> {
        let now = Instant::now();
        self.closed.retain(|closed| closed.until > now);
        let closed = self.closed.iter().find(|closed| closed.strikes(request))?;
        Some(RestTrouble::RateLimit {
            retry_after_s: (closed.until - now).as_secs_f64(),
            is_global: closed.bucket.is_none(),
            with_headers: true,
        })
    }
}

impl World {
    /// Makes something go wrong.
    pub fn inflict(&mut self, fault: Fault) {
        self.last_number_at_fault = self.last_number();
        match fault {
            Fault::DropConnections => self.order_all(&Order::Drop),
            Fault::CloseConnections(code) => self.close_connections(code),
            Fault::RefuseIdentify(code) => self.faults.refuse_identify = Some(code),
            Fault::InvalidateSessions { resumable } => self.invalidate_sessions(resumable),
            Fault::Reconnect => self.order_all(&Order::Send(json!({"op": 7, "d": null}))),
            Fault::DemandHeartbeat => self.order_all(&Order::Send(json!({"op": 1, "d": null}))),
            Fault::IgnoreHeartbeats => self.faults.ignore_heartbeats = true,
            Fault::LoseEvents => self.faults.events.lose = true,
            Fault::HoldEvents => self.faults.events.hold = true,
            Fault::HoldGreetings => self.faults.hold_greetings = true,
            Fault::DuplicateEvents => self.faults.events.duplicate = true,
            Fault::ShuffleEvents { window } => self.faults.events.shuffle = Some(window.max(2)),
            Fault::Rest(fault) if fault.left > 0 => self.faults.rest.push(fault),
            Fault::Rest(_) => {}
        }
    }

    fn close_connections(&mut self, code: u16) {
        self.order_all(&Order::Close(code));
        // Session invalidated, wrong sequence, session timed out: it cannot be resumed.
        if matches!(code, 4003 | 4007 | 4009) {
            self.sessions.clear();
        }
    }

    fn invalidate_sessions(&mut self, resumable: bool) {
        self.order_all(&Order::Send(json!({"op": 9, "d": resumable})));
        for connection in self.connections.values_mut() {
            let session = connection.session.take();
            if let Some(session) = session.and_then(|number| self.sessions.get_mut(&number)) {
                session.connection = None;
            }
        }
        if !resumable {
            self.sessions.clear();
        }
    }

    /// Ends every lasting fault, and lets held events go.
    pub fn mend(&mut self) {
        self.faults = Faults::default();
        self.release_held_events();
    }
}
