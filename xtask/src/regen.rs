mod document;
mod merge;
mod node;
mod yaml;
