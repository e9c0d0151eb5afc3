//! Measures the CPU time of the thread where Linux tells it, so that other work on the machine disturbs little; else wall time.

use criterion::Criterion;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use std::time::{Duration, Instant};

/// The time of the thread that measures.
pub struct CpuTime;

/// Settings under which a bench ends soon.
pub fn quick() -> Criterion<CpuTime> {
    let quick = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(300));
    quick.measurement_time(Duration::from_secs(1)).with_measurement(CpuTime)
}

impl Measurement for CpuTime {
    type Intermediate = (Instant, Option<f64>);
    type Value = f64;

    fn start(&self) -> Self::Intermediate {
        (Instant::now(), cpu_nanoseconds())
    }

    fn end(&self, (wall, cpu): Self::Intermediate) -> f64 {
        match (cpu, cpu_nanoseconds()) {
            (Some(start), Some(end)) => end - start,
            _ => wall.elapsed().as_nanos() as f64,
        }
    }

    fn add(&self, a: &f64, b: &f64) -> f64 {
        a + b
    }

    fn zero(&self) -> f64 {
        0.0
    }

    fn to_f64(&self, value: &f64) -> f64 {
        *value
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

#[cfg(target_os = "linux")]
fn cpu_nanoseconds() -> Option<f64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Some(time.tv_sec as f64 * 1e9 + time.tv_nsec as f64)
}

#[cfg(not(target_os = "linux"))]
fn cpu_nanoseconds() -> Option<f64> {
    None
}
