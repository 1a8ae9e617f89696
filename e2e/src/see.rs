//! Waiting for what a person waits for. The only place in the scenarios that lets time pass.

use std::time::{Duration, Instant};

/// How long a person waits before giving up, unless a scenario says otherwise.
/// Generous, since two cores carry several browsers; a passing scenario never waits this long.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How often to look again.
const GLANCE: Duration = Duration::from_millis(40);

/// What was waited for did not come in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GaveUp {
    /// How long it was waited for.
    pub after: Duration,
}

/// Looks again and again until `look` has an answer, for at most `patience`; at least once.
pub async fn until<T>(patience: Duration, mut look: impl AsyncFnMut() -> Option<T>) -> Result<T, GaveUp> {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return Ok(found);
        }
        if began.elapsed() >= patience {
            return Err(GaveUp { after: began.elapsed() });
        }
        tokio::time::sleep(GLANCE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_ends_the_wait() {
        let mut looks = 0;
        let found = until(PATIENCE, async || {
            looks += 1;
            (looks == 3).then_some("there")
        });
        assert_eq!(found.await, Ok("there"));
    }

    #[tokio::test]
    async fn it_looks_once_even_without_patience() {
        assert_eq!(until(Duration::ZERO, async || Some(1)).await, Ok(1));
        assert!(until(Duration::ZERO, async || None::<()>).await.is_err());
    }
}
