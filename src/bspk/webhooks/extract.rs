//! Extractors for axum.

use axum_core::{
    body::Body,
    extract::{FromRef, FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use http_body_util::BodyExt;

use super::{Delivery, Event, HEADER, ReceiveError, Receiver};

/// The size up to which a body beyond the receiver's limit is read to its end, and thrown away. A sender that is cut off while it
/// writes may see a broken connection in place of the 422, and sends the body again for four days.
const DISCARDED: usize = 64 << 20;

/// Verifies the header first, and reads the body only then. Of a body beyond the receiver's limit nothing is kept.
impl<S> FromRequest<S> for Delivery
where
    Receiver: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ReceiveError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ReceiveError> {
        let receiver = Receiver::from_ref(state);
        receiver.verify(request.headers().get(HEADER).map(|it| it.as_bytes()))?;
        let limit = receiver.body_limit;
        let (mut kept, mut size) = (Vec::new(), 0);
        let mut body = request.into_body();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| ReceiveError::broken())?;
            let data = frame.into_data().unwrap_or_default();
            size += data.len();
            if size <= limit {
                kept.extend_from_slice(&data);
            } else if size <= DISCARDED {
                kept = Vec::new();
            } else {
                break;
            }
        }
        if size > limit {
            return Err(ReceiveError::too_large(limit));
        }
        Ok(Self { body: kept.into() })
    }
}

/// As [`Delivery`], read as an event.
impl<S> FromRequest<S> for Event
where
    Receiver: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ReceiveError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ReceiveError> {
        Delivery::from_request(request, state).await?.event()
    }
}

/// [`ReceiveError::status`] with the error's text.
impl IntoResponse for ReceiveError {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.to_string()));
        *response.status_mut() =
            StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response
    }
}
