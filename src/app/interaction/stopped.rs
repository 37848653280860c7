//! What keeps a use case from going on.

use super::Response;
use crate::store::StoreError;

/// Why a use case went no further.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// It was asked for what cannot be done; this tells the person. What was written before stays.
    Refused(Response),
    /// The database failed; nothing of it is done.
    Failed(StoreError),
}

impl From<Response> for Stopped {
    fn from(refusal: Response) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// What the person is told, be it a refusal.
///
/// # Errors
/// When the database fails.
pub(crate) fn told(done: Result<Response, impl Into<Stopped>>) -> Result<Response, StoreError> {
    match done.map_err(Into::into) {
        Ok(response) | Err(Stopped::Refused(response)) => Ok(response),
        Err(Stopped::Failed(error)) => Err(error),
    }
}
