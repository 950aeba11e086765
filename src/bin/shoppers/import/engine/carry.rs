//! One row, from its first record to its last.

use super::{
    super::{
        destination::{Destination, Replay},
        journal::{Journal, Kept, Note, Unwritten},
        source::Fault,
    },
    row::{Row, Work},
    verdict::{Doubt, Verdict, verdict},
};

/// What has come of a row.
pub enum Carried {
    Stored,
    StoredUnread,
    Rejected,
    InDoubt,
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
    let kept = |code, reason| Kept {
        code,
        reason,
        raw: row.raw.clone(),
    };
    let note = |note| journal.note(row.position, note);
    let (shopper, replay) = match &row.work {
        Work::Send {
            shopper, replay, ..
        } => (shopper, *replay),
        Work::Reject(Fault { code, reason, .. }) => {
            note(Note::Rejected(kept(code.clone(), reason.clone()))).await?;
            return Ok(Carried::Rejected);
        }
        Work::InDoubt => {
            let reason = "the import was ended while it was under way; look it up before it is imported again";
            note(Note::InDoubt(kept("in_doubt".into(), reason.to_owned()))).await?;
            return Ok(Carried::InDoubt);
        }
    };
    if replay != Replay::Harmless {
        note(Note::Started).await?;
    }
    let Err(err) = client.send(shopper).await else {
        note(Note::Stored).await?;
        return Ok(Carried::Stored);
    };
    Ok(match verdict(&err, replay) {
        Verdict::Stored => {
            note(Note::Stored).await?;
            Carried::StoredUnread
        }
        Verdict::Rejected { code, reason } => {
            note(Note::Rejected(kept(code, reason))).await?;
            Carried::Rejected
        }
        Verdict::InDoubt { code, reason } => {
            note(Note::InDoubt(kept(code.into(), reason))).await?;
            Carried::InDoubt
        }
        open => {
            // Nothing has come of it, so that nobody has to look for it.
            if replay != Replay::Harmless && !err.is_ambiguous() && !err.is_unreadable() {
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
