//! One row, from its first record to its last.

use std::borrow::Cow;

use super::{
    super::{
        aside::Kind,
        destination::{Destination, Replay},
        journal::{Journal, Kept, Note, Unwritten},
        source::Fault,
    },
    row::{Row, Work},
    verdict::{Doubt, Verdict, may_have_happened, verdict},
};

/// What has come of a row.
pub enum Carried {
    Stored,
    StoredUnread,
    Aside(Kind),
    Again { doubt: Doubt, why: String },
    Stop(String),
    Unwritten(Unwritten),
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
        Ok(Carried::Aside(kind))
    };
    let is_ambiguous = async |reason: String| {
        let reason = format!("{reason}; look it up before it is imported again");
        set_aside(Kind::InDoubt, "in_doubt".into(), reason).await
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
                let reason = "the import was ended while it was under way, and it is not found";
                return is_ambiguous(reason.to_owned()).await;
            }
            Err(err) => (Replay::LooksFirst, Err(err)),
        },
        Work::Reject(Fault { code, reason, .. }) => {
            return set_aside(Kind::Rejected, code.clone(), reason.clone()).await;
        }
        Work::InDoubt => {
            return is_ambiguous("the import was ended while it was under way".to_owned()).await;
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
    Ok(match verdict(&err, replay) {
        Verdict::Stored => {
            note(Note::Stored).await?;
            Carried::StoredUnread
        }
        Verdict::Rejected { code, reason } => set_aside(Kind::Rejected, code, reason).await?,
        Verdict::InDoubt { code, reason } => set_aside(Kind::InDoubt, code.into(), reason).await?,
        open => {
            // Nothing has come of it, so that nobody has to look for it, unless an earlier run has sent it.
            let is_resumed = matches!(row.work, Work::Resume { .. });
            if replay != Replay::Harmless && !is_resumed && !may_have_happened(&err) {
                note(Note::Returned).await?;
            }
            match open {
                Verdict::Again(doubt) => Carried::Again {
                    doubt,
                    why: err.to_string(),
                },
                _ => Carried::Stop(err.to_string()),
            }
        }
    })
}
