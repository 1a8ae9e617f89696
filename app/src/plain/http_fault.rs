//! Requests that brought nothing.

use farhand_shared::wire::http::Problem;

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpFault {
    /// The server cannot be reached.
    #[error("the server cannot be reached")]
    Unreachable,
    /// It did not answer in time.
    #[error("the server did not answer in time")]
    TimedOut,
    /// It refused, and says why.
    #[error("{}", .0.message)]
    Refused(Problem),
    /// It answered something that makes no sense to this version of the pages.
    #[error("the answer makes no sense")]
    Garbled,
}
