//! Gatsby: its operations. The crate page lists the decisions where Gatsby's page is silent.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Extension, FromRequestParts, Path, Query, State},
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;

use self::store::{SearchKey, Store};
use crate::{
    format::is_blank,
    response::{ErrorResponse, json_body},
    schema::Schema,
    vendor::SearchLag,
};

mod store;

/// Gatsby's schema and shoppers.
#[derive(Debug)]
pub(crate) struct Gatsby {
    body: Schema,
    store: Mutex<Store>,
}

impl Gatsby {
    pub(crate) fn new() -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            body: Schema::gatsby()?,
            store: Mutex::default(),
        }))
    }

    pub(crate) fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/public/shopper", post(create_shopper).get(search_shoppers))
            .route(
                "/public/shopper/{id}",
                get(get_shopper)
                    .patch(update_shopper)
                    .delete(delete_shopper),
            )
            .with_state(Arc::clone(self))
    }

    /// Deletes every shopper.
    #[cfg(feature = "ui")]
    pub(crate) fn reset(&self) {
        *self.store() = Store::default();
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The id in a path. One that is not UTF-8 is not found, like any other that does not exist.
struct Id(String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorResponse> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id)).map_err(|_| not_found())
    }
}

async fn create_shopper(
    State(gatsby): State<Arc<Gatsby>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorResponse> {
    let shopper = gatsby.body.read(&headers, &body)?;
    if SearchKey::keys(&shopper).next().is_none() {
        let title = "At least one of email, phone, userName must be provided";
        return Err(unprocessable("missing_attribute", title));
    }
    Ok(json_body(&gatsby.store().create(shopper)))
}

/// With the header `version: 1.1` every match; without it the oldest, or a 404.
async fn search_shoppers(
    State(gatsby): State<Arc<Gatsby>>,
    Extension(SearchLag(lag)): Extension<SearchLag>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, ErrorResponse> {
    let [(name, value)] = &query[..] else {
        return Err(unprocessable(
            "invalid_query",
            "Give one of email, phone, username",
        ));
    };
    let Some(key) = SearchKey::from_query(name).filter(|_| !is_blank(value)) else {
        return Err(unprocessable(
            "invalid_query",
            format!("Not a query: {name}={value}"),
        ));
    };
    let store = gatsby.store();
    if headers
        .get("version")
        .is_some_and(|version| version == "1.1")
    {
        Ok(json_body(&store.matches(key, value, lag).collect()))
    } else {
        found(store.matches(key, value, lag).next())
    }
}

async fn get_shopper(
    State(gatsby): State<Arc<Gatsby>>,
    Id(id): Id,
) -> Result<Response, ErrorResponse> {
    found(gatsby.store().get(&id))
}

async fn update_shopper(
    State(gatsby): State<Arc<Gatsby>>,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorResponse> {
    let changes = gatsby.body.read(&headers, &body)?;
    found(gatsby.store().update(&id, changes))
}

async fn delete_shopper(
    State(gatsby): State<Arc<Gatsby>>,
    Id(id): Id,
) -> Result<Response, ErrorResponse> {
    found(gatsby.store().delete(&id)).map(|_| StatusCode::NO_CONTENT.into_response())
}

fn found(shopper: Option<Value>) -> Result<Response, ErrorResponse> {
    Ok(json_body(&shopper.ok_or_else(not_found)?))
}

fn not_found() -> ErrorResponse {
    ErrorResponse::new(StatusCode::NOT_FOUND, "not_found", "No such shopper")
}

fn unprocessable(code: &'static str, title: impl Into<String>) -> ErrorResponse {
    ErrorResponse::new(StatusCode::UNPROCESSABLE_ENTITY, code, title)
}
