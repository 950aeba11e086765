//! Extractors for axum.

use axum_core::{
    body::Body,
    extract::{FromRef, FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{Delivery, Event, HEADER, ReceiveError, Receiver};

/// Verifies the header first, and reads the body, up to the receiver's limit, only then.
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
        match Limited::new(request.into_body(), limit).collect().await {
            Ok(body) => Ok(Self {
                body: body.to_bytes(),
            }),
            Err(err) if err.is::<LengthLimitError>() => Err(ReceiveError::too_large(limit)),
            Err(_) => Err(ReceiveError::broken()),
        }
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
