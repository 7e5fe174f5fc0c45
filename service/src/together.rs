//! Questions that many ask at once. Those who ask while an answer is being looked for get the next one together: an answer was always
//! looked for after it was asked for, and nothing is kept that might be out of date.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// Those who wait for an answer, by what they ask.
type Asking<T> = HashMap<String, Vec<oneshot::Sender<T>>>;

/// Looks for answers, to each question once at a time.
#[derive(Debug)]
pub struct Together<T>(Arc<Mutex<Asking<T>>>);

impl<T> Clone for Together<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Together<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: Clone + 'static> Together<T> {
    /// The answer to a question, looked for after this was called; none where looking for it came to a bad end. It is looked for even
    /// when whoever asked has gone.
    pub async fn ask<Looking: Future<Output = T> + 'static>(
        &self,
        question: &str,
        look: impl Fn() -> Looking + 'static,
    ) -> Option<T> {
        let (tell, told) = oneshot::channel();
        if self.join(question, tell) {
            let mut turn = Turn { all: self.clone(), question: question.to_owned(), over: false };
            actix_web::rt::spawn(async move {
                while let Some(asking) = turn.next() {
                    let found = look().await;
                    // Whoever asked may have gone.
                    asking.into_iter().for_each(|tell| drop(tell.send(found.clone())));
                }
            });
        }
        told.await.ok()
    }

    /// Waits with the others; says whether there were none.
    fn join(&self, question: &str, tell: oneshot::Sender<T>) -> bool {
        let mut all = self.all();
        if let Some(asking) = all.get_mut(question) {
            asking.push(tell);
            return false;
        }
        all.insert(question.to_owned(), vec![tell]);
        true
    }
}

impl<T> Together<T> {
    /// What a thread that panicked left here is whole all the same: every change is one call.
    fn all(&self) -> MutexGuard<'_, Asking<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The turn of whoever looks; it is over when this is dropped, and those who wait then hear nothing.
struct Turn<T> {
    all: Together<T>,
    question: String,
    over: bool,
}

impl<T> Turn<T> {
    /// Those who have asked since the last time; none where nobody has, and then the turn is over.
    fn next(&mut self) -> Option<Vec<oneshot::Sender<T>>> {
        let mut all = self.all.all();
        let asking = all.get_mut(&self.question).map(std::mem::take).filter(|asking| !asking.is_empty());
        if asking.is_none() {
            all.remove(&self.question);
            // From here on the question is somebody else's.
            self.over = true;
        }
        asking
    }
}

impl<T> Drop for Turn<T> {
    fn drop(&mut self) {
        if !self.over {
            self.all.all().remove(&self.question);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use tokio::sync::Semaphore;

    use super::Together;

    #[actix_web::test]
    async fn those_who_ask_meanwhile_share_the_next_answer_and_never_one_that_was_begun_before() {
        let together = Together::<u32>::default();
        let (looks, gate) = (Rc::new(AtomicU32::new(0)), Rc::new(Semaphore::new(0)));
        let ask = || {
            let (together, looks, gate) = (together.clone(), looks.clone(), gate.clone());
            actix_web::rt::spawn(async move {
                let look = move || {
                    let number = looks.fetch_add(1, Ordering::Relaxed) + 1;
                    let gate = gate.clone();
                    async move {
                        gate.acquire().await.unwrap().forget();
                        number
                    }
                };
                together.ask("one", look).await
            })
        };
        let first = ask();
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        let later: Vec<_> = (0..5).map(|_| ask()).collect();
        while together.all().get("one").is_none_or(|asking| asking.len() < 5) {
            tokio::task::yield_now().await;
        }
        gate.add_permits(2);
        assert_eq!(first.await.unwrap(), Some(1));
        for asked in later {
            assert_eq!(asked.await.unwrap(), Some(2));
        }
        assert_eq!(looks.load(Ordering::Relaxed), 2);
        assert!(together.all().is_empty());
        gate.add_permits(1);
        assert_eq!(ask().await.unwrap(), Some(3));
    }

    #[actix_web::test]
    async fn a_look_that_panics_leaves_nobody_waiting() {
        let together = Together::<u32>::default();
        let asked = together.ask("one", || async { panic!("no answer") });
        assert_eq!(tokio::time::timeout(Duration::from_secs(5), asked).await.unwrap(), None);
        assert_eq!(together.ask("one", || async { 7 }).await, Some(7));
    }
}
