//! What every board that is asked about gives, put together into one answer.

use super::{Globals, scope};
use crate::calendar::Day;
use crate::estate::Reading;
use crate::select::{AskedName, Filter};
use crate::world::World;

/// All boards' parts of an answer, in the order of their folders.
pub struct Gathered<P> {
    days: Vec<Day>,
    today: Day,
    /// The files that could not be read.
    pub unread: Vec<String>,
    pub parts: Vec<P>,
}

impl<P> Gathered<P> {
    /// The one day of the answer.
    pub fn day(&self) -> anyhow::Result<Day> {
        scope::common_day(self.days.iter().copied(), self.today)
    }
}

/// One board's part.
struct GatheredBoard<P> {
    day: Day,
    unread: Vec<String>,
    stems: Vec<String>,
    names: Vec<AskedName>,
    made: P,
}

/// Reads the boards that are asked about, and takes from each what `make` makes of it on its day; an
/// error where no board has a plan or a name that was asked for.
pub fn gather<P: Send>(
    filter: &Filter,
    globals: &Globals,
    world: &mut World,
    make: impl Fn(&mut Reading, Day) -> anyhow::Result<P> + Sync,
) -> anyhow::Result<Gathered<P>> {
    let today = scope::today_unless_named(globals, world)?;
    let parts = scope::boards(
        globals,
        world,
        |mut reading| -> anyhow::Result<GatheredBoard<P>> {
            let day = scope::as_of(globals, &reading.board, today)?;
            let made = make(&mut reading, day)?;
            Ok(GatheredBoard {
                day,
                stems: scope::stems(&reading.board),
                names: filter.names(&reading.board),
                unread: reading.unread,
                made,
            })
        },
    )?;
    let mut gathered = Gathered {
        days: Vec::new(),
        today,
        unread: Vec::new(),
        parts: Vec::new(),
    };
    let (mut stems, mut names) = (Vec::new(), Vec::new());
    for part in parts {
        let part = part?;
        gathered.days.push(part.day);
        gathered.unread.extend(part.unread);
        gathered.parts.push(part.made);
        stems.extend(part.stems);
        names.push(part.names);
    }
    scope::check_plan(globals, &stems, &gathered.unread)?;
    scope::check_names(&names)?;
    Ok(gathered)
}
