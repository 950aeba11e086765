//! Gatsby as its page describes it. Where the page is silent, a test of the sandbox says what was
//! decided.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Extension, Path, Query, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::Value;

use crate::{
    answer::{self, Answer, Problem, Refusal},
    format::is_blank,
    schema::Schema,
    shelf::{By, Shelf},
    vendor::SearchLag,
};

/// Gatsby and its shoppers.
#[derive(Debug)]
pub(crate) struct Gatsby {
    body: Schema,
    shelf: Mutex<Shelf>,
}

impl Gatsby {
    pub(crate) fn new() -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            body: Schema::gatsby()?,
            shelf: Mutex::default(),
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
            .fallback(answer::not_served)
            .method_not_allowed_fallback(answer::not_served)
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(self))
    }

    pub(crate) fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn create_shopper(
    State(gatsby): State<Arc<Gatsby>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, Refusal> {
    let shopper = gatsby.body.read(&headers, &body)?;
    if By::keys(&shopper).next().is_none() {
        let title = "At least one of email, phone, userName must be provided";
        return Err(unprocessable("missing_attribute", title));
    }
    Ok(answer::json(&gatsby.shelf().create(shopper)))
}

/// With the header `version: 1.1` all that match; without it the oldest, or a 404.
async fn search_shoppers(
    State(gatsby): State<Arc<Gatsby>>,
    Extension(SearchLag(lag)): Extension<SearchLag>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Answer, Refusal> {
    let [(name, value)] = &query[..] else {
        return Err(unprocessable(
            "invalid_query",
            "Give one of email, phone, username",
        ));
    };
    let Some(by) = By::from_query(name).filter(|_| !is_blank(value)) else {
        return Err(unprocessable(
            "invalid_query",
            format!("Not a query: {name}={value}"),
        ));
    };
    let shelf = gatsby.shelf();
    if headers
        .get("version")
        .is_some_and(|version| version == "1.1")
    {
        Ok(answer::json(&shelf.matches(by, value, lag).collect()))
    } else {
        found(shelf.matches(by, value, lag).next())
    }
}

async fn get_shopper(
    State(gatsby): State<Arc<Gatsby>>,
    Path(id): Path<String>,
) -> Result<Answer, Refusal> {
    found(gatsby.shelf().get(&id))
}

async fn update_shopper(
    State(gatsby): State<Arc<Gatsby>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, Refusal> {
    let changes = gatsby.body.read(&headers, &body)?;
    found(gatsby.shelf().update(&id, changes))
}

async fn delete_shopper(
    State(gatsby): State<Arc<Gatsby>>,
    Path(id): Path<String>,
) -> Result<Answer, Refusal> {
    found(gatsby.shelf().delete(&id)).map(|_| answer::empty(StatusCode::NO_CONTENT))
}

fn found(shopper: Option<Value>) -> Result<Answer, Refusal> {
    let shopper = shopper.ok_or_else(|| Refusal::not_found("No such shopper"))?;
    Ok(answer::json(&shopper))
}

fn unprocessable(code: &'static str, title: impl Into<String>) -> Refusal {
    Refusal::unprocessable(vec![Problem::new(code, title)])
}
