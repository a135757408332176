//! Findings become bytes: for people, and as JSON.

mod human;

pub use human::human;
