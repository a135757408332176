//! Every promise of the tool as a test, in one program: a module a subject. `cargo test NAME::` runs one
//! module.

mod against;
mod annotations;
mod chair;
#[cfg(unix)]
mod ci;
mod commands;
mod diff;
mod example_papers;
mod examples;
mod export;
mod fields;
mod form;
mod form_forgives;
mod form_returns;
mod formats;
#[cfg(unix)]
mod git;
mod history;
#[path = "../hostile/mod.rs"]
mod hostile;
mod house;
mod import;
mod import_layouts;
mod kept;
mod language_server;
mod layers;
mod logs;
mod manual;
mod meeting;
mod metamorphic;
mod narrow;
mod office;
mod office_files;
mod papers;
mod properties;

mod record;
mod relied_on;
mod reports;
mod reviews;
mod rules;
#[cfg(unix)]
mod safety;
mod schema;
mod second_opinion;
mod site;
mod standing;
mod support;
mod transcription;
mod year;
