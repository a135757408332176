//! Every promise of the tool as a test, in one program: a module a subject. `cargo test NAME::` runs one
//! module.

mod against;
#[cfg(unix)]
mod ci;
mod commands;
mod diff;
mod examples;
mod export;
mod fields;
mod form;
mod form_forgives;
mod formats;
#[cfg(unix)]
mod git;
mod house;
mod import;
mod language_server;
mod layers;
mod logs;
mod meeting;
mod office;
mod office_files;
mod properties;
mod readme;
mod record;
mod reports;
mod rules;
#[cfg(unix)]
mod safety;
mod schema;
mod standing;
mod support;
mod transcription;
