//! One row, from its first record to its last.

use shoppers::Error;

use super::{
    super::{
        destination::{Destination, Idempotency},
        journal::{Journal, Record, WriteError},
        rejects::Reject,
        row::{RejectKind, RowFault},
    },
    pending::{Action, PendingRow, Setback},
    verdict::{Trouble, Verdict, may_have_happened, rejection, verdict},
};

/// The outcome of a row.
pub enum RowOutcome {
    Stored,
    /// The row is in a rejects file. A setback concerns other rows too.
    Rejected(RejectKind, Option<Setback>),
    Retry(Setback),
    /// The key is not accepted.
    Unauthorized(String),
    Unwritten(WriteError),
}

/// Sends or rejects a row, and records what became of it.
pub async fn process<D: Destination>(
    client: D,
    journal: Journal,
    row: PendingRow<D::Shopper>,
) -> (PendingRow<D::Shopper>, RowOutcome) {
    let outcome = try_process(&client, &journal, &row)
        .await
        .unwrap_or_else(RowOutcome::Unwritten);
    (row, outcome)
}

async fn try_process<D: Destination>(
    client: &D,
    journal: &Journal,
    row: &PendingRow<D::Shopper>,
) -> Result<RowOutcome, WriteError> {
    let record = |record| journal.record(row.position, record);
    let reject = async |kind, fault| {
        let row = row.row.clone();
        record(Record::Reject(kind, Reject { fault, row })).await?;
        Ok(RowOutcome::Rejected(kind, None))
    };
    // An idempotent row may be sent again, so only the others are recorded before they are sent.
    let (idempotency, outcome, is_recorded) = match &row.action {
        Action::Send {
            shopper,
            idempotency,
            ..
        } => {
            let is_recorded = *idempotency != Idempotency::Idempotent;
            if is_recorded {
                record(Record::Started).await?;
            }
            (*idempotency, client.send(shopper).await, is_recorded)
        }
        Action::Resume { shopper, .. } => {
            let outcome = match client.resume(shopper).await {
                Ok(Some(warnings)) => Ok(warnings),
                Ok(None) => {
                    let reason = "under way when the import ended, and not found since; look it up before you import it again";
                    return reject(RejectKind::Ambiguous, RowFault::new("ambiguous", reason)).await;
                }
                Err(err) => Err(err),
            };
            // The record of the run that was killed stays.
            (Idempotency::FindsFirst, outcome, false)
        }
        Action::Reject(kind, fault) => return reject(*kind, fault.clone()).await,
    };
    let err = match outcome {
        Ok(warnings) if warnings.is_empty() => {
            record(Record::Stored).await?;
            return Ok(RowOutcome::Stored);
        }
        Ok(warnings) => {
            let fault = RowFault::new("warning", warnings.join("; "));
            return reject(RejectKind::Warned, fault).await;
        }
        Err(err) => err,
    };
    let verdict = verdict(&err, idempotency);
    match verdict {
        Verdict::Rejected(fault) => return reject(RejectKind::Rejected, fault).await,
        Verdict::Ambiguous(fault) => {
            reject(RejectKind::Ambiguous, fault).await?;
            let trouble = if err.is_unreadable() {
                Trouble::Unreadable
            } else {
                Trouble::Down
            };
            let setback = Setback::new(&err, trouble);
            return Ok(RowOutcome::Rejected(RejectKind::Ambiguous, Some(setback)));
        }
        Verdict::Retry(_) | Verdict::Stop => {}
    }
    if is_recorded && !may_have_happened(&err) {
        record(Record::NotSent).await?;
    }
    Ok(match verdict {
        Verdict::Retry(trouble) => RowOutcome::Retry(Setback::new(&err, trouble)),
        _ => RowOutcome::Unauthorized(err.to_string()),
    })
}

impl Setback {
    fn new(err: &Error, trouble: Trouble) -> Self {
        let fault = match trouble {
            Trouble::Unreadable => RowFault::new("unreadable", err.to_string()),
            Trouble::Refused => rejection(err),
            _ => RowFault::new("failed", rejection(err).reason),
        };
        Self {
            trouble,
            is_ambiguous: may_have_happened(err),
            wait: err.retry_after().unwrap_or_default(),
            fault,
            message: err.to_string(),
        }
    }
}
