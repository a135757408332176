//! `plan explain`.

use super::output::{self, Exit};
use super::{Globals, scope};
use crate::finding::suggest;
use crate::lint::{RULES, rule};
use crate::report::Envelope;
use crate::report::rules::Rules;
use crate::world::World;

/// What a rule means, with a bad and a good example; without a name, the list
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  plan explain                             every rule in a line
  plan explain change-without-reason       one rule, and how to mend what it finds
  plan explain -O json")]
pub struct Arguments {
    /// The rule's name, as a finding shows it in brackets
    rule: Option<String>,
}

pub fn run(arguments: Arguments, globals: &Globals, world: &mut World) -> anyhow::Result<Exit> {
    let rules = match &arguments.rule {
        None => Rules::list(RULES),
        Some(name) => match rule(name) {
            Some(rule) => Rules::one(rule),
            None => {
                let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
                anyhow::bail!(
                    "there is no rule `{name}`; {}",
                    suggest(name, &names, "rules")
                );
            }
        },
    };
    let paper = Envelope::new("rules", scope::today(world)?, Vec::new(), rules);
    output::write(&paper, Rules::lay_out, globals, world)?;
    Ok(Exit::Done)
}
