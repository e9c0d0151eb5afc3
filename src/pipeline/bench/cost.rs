use crate::error::Result;
use std::time::{Duration, Instant};

/// What a run took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Time that passed.
    pub wall: Duration,
    /// Time of all processors that the process had, in it and in the system; `None` where the system is none of which we know it.
    pub cpu: Option<Duration>,
}

impl Cost {
    /// More than anything takes.
    pub(super) const MAX: Self = Self { wall: Duration::MAX, cpu: None };

    /// Runs something and says what it took.
    pub(super) fn of<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Self)> {
        let (wall, cpu) = (Instant::now(), cpu_time());
        let done = work()?;
        let cpu = cpu_time().zip(cpu).map(|(end, start)| end.saturating_sub(start));
        Ok((done, Self { wall: wall.elapsed(), cpu }))
    }

    /// The time that counts: that of the processors, else that which passed.
    pub fn time(self) -> Duration {
        self.cpu.unwrap_or(self.wall)
    }

    /// The lesser of both times, each for itself.
    pub(super) fn min(self, other: Self) -> Self {
        let cpu = [self.cpu, other.cpu].into_iter().flatten().min();
        Self { wall: self.wall.min(other.wall), cpu }
    }

    /// What it took beyond `other`, nothing where it took less.
    pub(super) fn beyond(self, other: Self) -> Self {
        let cpu = self.cpu.zip(other.cpu).map(|(cpu, other)| cpu.saturating_sub(other));
        Self { wall: self.wall.saturating_sub(other.wall), cpu }
    }
}

/// Time of the processors since the process began.
#[cfg(target_os = "linux")]
fn cpu_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(target_os = "linux"))]
fn cpu_time() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(wall: u64, cpu: Option<u64>) -> Cost {
        Cost { wall: Duration::from_secs(wall), cpu: cpu.map(Duration::from_secs) }
    }

    #[test]
    fn the_least_of_each_time_and_what_is_beyond() {
        assert_eq!(cost(5, Some(2)).min(cost(3, Some(4))), cost(3, Some(2)));
        assert_eq!(Cost::MAX.min(cost(3, Some(4))), cost(3, Some(4)));
        assert_eq!(Cost::MAX.min(cost(3, None)), cost(3, None));
        assert_eq!(cost(5, Some(4)).beyond(cost(3, Some(1))), cost(2, Some(3)));
        assert_eq!(cost(3, Some(1)).beyond(cost(5, Some(4))), cost(0, Some(0)));
        assert_eq!(cost(5, None).beyond(cost(3, None)), cost(2, None));
        assert_eq!((cost(5, None).time(), cost(5, Some(9)).time()), (cost(5, None).wall, cost(9, None).wall));
    }

    #[test]
    fn what_fails_costs_nothing() {
        let (done, cost) = Cost::of(|| Ok(7)).unwrap();
        assert_eq!((done, cost.cpu.is_some()), (7, cfg!(target_os = "linux")));
        assert!(Cost::of(|| Err::<(), _>(crate::ErrorKind::Interrupted.into())).is_err());
    }
}
