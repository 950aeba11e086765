//! One row, from its first record to its last.

use std::{borrow::Cow, time::Duration};

use shoppers::Error;

use super::{
    super::{
        aside::Kind,
        destination::{Destination, Replay},
        journal::{Journal, Kept, Note, Unwritten},
        source::Fault,
    },
    row::{Row, Work},
    verdict::{Doubt, Trouble, Verdict, code, may_have_happened, reason, verdict},
};

/// What has become of a row.
pub enum Carried {
    Stored,
    /// It is set aside. With a trouble, that is not only about this row.
    Aside(Kind, Option<Setback>),
    Again(Setback),
    Stop(String),
    Unwritten(Unwritten),
}

/// A row that has not got through.
pub struct Setback {
    pub trouble: Trouble,
    pub doubt: Doubt,
    /// The wait that the vendor asks for.
    pub wait: Duration,
    /// For the file of rows set aside: the vendor's words may be in it.
    pub fault: Fault,
    /// For people. Nothing of a shopper is in it.
    pub why: String,
}

/// Deals with one row, from its first record to its last.
pub async fn carry<D: Destination>(
    client: D,
    journal: Journal,
    row: Row<D::Shopper>,
) -> (Row<D::Shopper>, Carried) {
    let carried = match carried(&client, &journal, &row).await {
        Ok(carried) => carried,
        Err(unwritten) => Carried::Unwritten(unwritten),
    };
    (row, carried)
}

async fn carried<D: Destination>(
    client: &D,
    journal: &Journal,
    row: &Row<D::Shopper>,
) -> Result<Carried, Unwritten> {
    let note = |note| journal.note(row.position, note);
    let set_aside = async |kind, code: Cow<'static, str>, reason| {
        let raw = row.raw.clone();
        let kept = Kept { code, reason, raw };
        note(Note::Aside(kind, kept)).await?;
        Ok(Carried::Aside(kind, None))
    };
    let (replay, outcome) = match &row.work {
        Work::Send {
            shopper, replay, ..
        } => {
            if *replay != Replay::Harmless {
                note(Note::Started).await?;
            }
            let outcome = client.send(shopper).await;
            (*replay, outcome)
        }
        Work::Resume { shopper, .. } => match client.resume(shopper).await {
            Ok(Some(warnings)) => (Replay::LooksFirst, Ok(warnings)),
            Ok(None) => {
                let reason = "the import was ended while it was under way, and it is not found; look it up before it is imported again";
                return set_aside(Kind::InDoubt, "in_doubt".into(), reason.to_owned()).await;
            }
            Err(err) => (Replay::LooksFirst, Err(err)),
        },
        Work::Aside(kind, Fault { code, reason, .. }) => {
            return set_aside(*kind, code.clone(), reason.clone()).await;
        }
    };
    let err = match outcome {
        Ok(warnings) if warnings.is_empty() => {
            note(Note::Stored).await?;
            return Ok(Carried::Stored);
        }
        Ok(warnings) => {
            return set_aside(Kind::Warned, "warning".into(), warnings.join("; ")).await;
        }
        Err(err) => err,
    };
    match verdict(&err, replay) {
        Verdict::Rejected { code, reason } => set_aside(Kind::Rejected, code, reason).await,
        Verdict::InDoubt { code, reason } => {
            set_aside(Kind::InDoubt, code, reason).await?;
            let trouble = match err.is_unreadable() {
                true => Trouble::Unreadable,
                false => Trouble::Down,
            };
            let setback = Setback::new(&err, trouble, Doubt::Some);
            Ok(Carried::Aside(Kind::InDoubt, Some(setback)))
        }
        open => {
            // Nothing has come of it, so that nobody has to look for it, unless an earlier run has sent it.
            let is_resumed = matches!(row.work, Work::Resume { .. });
            if replay != Replay::Harmless && !is_resumed && !may_have_happened(&err) {
                note(Note::Returned).await?;
            }
            Ok(match open {
                Verdict::Again(trouble, doubt) => {
                    Carried::Again(Setback::new(&err, trouble, doubt))
                }
                _ => Carried::Stop(err.to_string()),
            })
        }
    }
}

impl Setback {
    fn new(err: &Error, trouble: Trouble, doubt: Doubt) -> Self {
        let fault = match trouble {
            Trouble::Unreadable => Fault::new("unreadable", err.to_string()),
            Trouble::Refused => Fault {
                code: code(err),
                ..Fault::new("", reason(err))
            },
            _ => Fault::new("failed", reason(err)),
        };
        Self {
            trouble,
            doubt,
            wait: err.retry_after().unwrap_or_default(),
            fault,
            why: err.to_string(),
        }
    }
}
