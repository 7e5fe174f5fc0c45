//! Processes of their own for what is measured, so that no memory of one is the other's.

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::figures::Measured;

/// How often memory is looked at.
const EVERY: Duration = Duration::from_millis(20);

/// A Python that has the peers.
pub fn python() -> Command {
    Command::new(std::env::var_os("REDRESS_PYTHON").unwrap_or_else(|| "python3".into()))
}

/// This program once more, with another task.
pub fn itself(task: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg(task);
    command
}

/// Runs a process that gives an account of itself, and watches its memory.
pub fn run(command: &mut Command) -> (Measured, Memory) {
    let mut child = command.stdout(Stdio::piped()).spawn().expect("a process");
    let (begun, mut memory) = (Instant::now(), Memory::default());
    let status = loop {
        if let Some(status) = child.try_wait().expect("a process") {
            break status;
        }
        memory.look(child.id(), begun.elapsed());
        std::thread::sleep(EVERY);
    };
    let mut said = String::new();
    child.stdout.take().expect("its output").read_to_string(&mut said).expect("its output");
    assert!(status.success(), "{command:?} failed: {said}");
    (Measured::read(&said).unwrap_or_else(|| panic!("{command:?} said {said}")), memory)
}

/// This process's account of itself: milliseconds since it began with its work, milliseconds of processors, KiB.
pub fn account(begun: Instant) -> Measured {
    Measured {
        millis: begun.elapsed().as_millis(),
        processors: processors(),
        peak: of_status("self", "VmHWM:"),
    }
}

/// Milliseconds of processors that this process has used.
fn processors() -> u128 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    // Of the fields after the name, user and system time are the 12th and 13th, in hundredths of a second.
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<u128>().ok()).sum::<u128>() * 10
}

fn of_status(process: &str, name: &str) -> u128 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// What a process held over time: milliseconds and KiB.
#[derive(Debug, Clone, Default)]
pub struct Memory(Vec<(u128, u128)>);

/// The size of the graph.
const WIDTH: u128 = 900;
const HEIGHT: u128 = 260;

impl Memory {
    fn look(&mut self, process: u32, at: Duration) {
        self.0.push((at.as_millis(), of_status(&process.to_string(), "VmRSS:")));
    }

    fn ends(&self) -> (u128, u128) {
        let last = self.0.last().map_or(1, |(at, _)| *at);
        let most = self.0.iter().map(|(_, held)| *held).max().unwrap_or(1);
        (last.max(1), most.max(1))
    }

    /// A line of letters, the higher the more.
    pub fn text(&self) -> String {
        let ((last, most), steps) = (self.ends(), [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']);
        let mut columns = [0_u128; 72];
        for (at, held) in &self.0 {
            let column = usize::try_from(at * 71 / last).unwrap_or(0);
            columns[column] = columns[column].max(*held);
        }
        let line: String =
            columns.iter().map(|held| steps[usize::try_from(held * 8 / most).unwrap_or(0)]).collect();
        format!("  memory |{line}| up to {} MiB in {} ms", most / 1024, last)
    }

    /// A picture of it.
    pub fn svg(&self, title: &str) -> String {
        let (last, most) = self.ends();
        let mut points = String::new();
        for (at, held) in &self.0 {
            // A string takes everything.
            let _ = write!(points, "{},{} ", 60 + at * WIDTH / last, 30 + HEIGHT - held * HEIGHT / most);
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" font-size=\"12\">\
             <title>{title}</title>\
             <text x=\"60\" y=\"18\">{title}: at most {} MiB, in {last} ms</text>\
             <path d=\"M60 30 V{} H{}\" fill=\"none\" stroke=\"#666\"/>\
             <text x=\"54\" y=\"36\" text-anchor=\"end\">{}</text><text x=\"54\" y=\"{}\" text-anchor=\"end\">0</text>\
             <polyline points=\"{points}\" fill=\"none\" stroke=\"#1d5b8f\" stroke-width=\"1.5\"/></svg>\n",
            WIDTH + 80,
            HEIGHT + 50,
            most / 1024,
            30 + HEIGHT,
            60 + WIDTH,
            most / 1024,
            30 + HEIGHT
        )
    }
}
