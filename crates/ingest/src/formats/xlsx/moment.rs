//! Days since an epoch as dates: ECMA-376 part 1, 18.17.4.

/// The day that a workbook counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Epoch {
    /// 31 December 1899 is 0; 29 February 1900, which never was, is 60.
    #[default]
    Year1900,
    /// 1 January 1904 is 0.
    Year1904,
}

/// A date and a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    /// The day of the week, 0 for Sunday.
    pub(super) weekday: usize,
    /// Seconds since the epoch.
    pub(super) n_seconds: u64,
}

/// The last day that a cell can show, 31 December 9999.
const LAST_DAY: f64 = 2_958_466.0;

const SECONDS_A_DAY: u64 = 86_400;

impl Moment {
    /// Returns the moment a number of days after the epoch; `None` beyond what a
    /// cell can show.
    pub(super) fn new(days: f64, epoch: Epoch) -> Option<Self> {
        if !(0.0..LAST_DAY).contains(&days) {
            return None;
        }
        let n_seconds = (days * SECONDS_A_DAY as f64).round() as u64;
        let day = n_seconds / SECONDS_A_DAY;
        let in_day = (n_seconds % SECONDS_A_DAY) as u32;
        // As if 29 February 1900 had been, so that all later days are right.
        let weekday = match epoch {
            Epoch::Year1900 => day + 6,
            Epoch::Year1904 => day + 1462 + 6,
        } % 7;
        let (year, month, day) = match (epoch, day) {
            (Epoch::Year1904, day) => civil(day + 1462),
            (Epoch::Year1900, 0) => (1900, 1, 0),
            (Epoch::Year1900, 60) => (1900, 2, 29),
            (Epoch::Year1900, day @ 1..60) => civil(day + 1),
            (Epoch::Year1900, day) => civil(day),
        };
        Some(Self {
            year,
            month,
            day,
            hour: in_day / 3600,
            minute: in_day / 60 % 60,
            second: in_day % 60,
            weekday: weekday as usize,
            n_seconds,
        })
    }
}

/// Returns year, month and day of a number of days after 30 December 1899.
fn civil(days: u64) -> (u32, u32, u32) {
    // Eras of 400 years that begin in March, from the year 0 on.
    let days = days + 693_899;
    let era = days / 146_097;
    let in_era = days % 146_097;
    let year = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
    let in_year = in_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * in_year + 2) / 153;
    let day = in_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    (year as u32, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_cells_show_them() {
        let date = |days: f64, epoch| {
            let moment = Moment::new(days, epoch).unwrap();
            (moment.year, moment.month, moment.day)
        };
        let since_1900 = |days: f64| date(days, Epoch::Year1900);
        assert_eq!(since_1900(1.0), (1900, 1, 1));
        assert_eq!(since_1900(59.0), (1900, 2, 28));
        assert_eq!(since_1900(60.0), (1900, 2, 29));
        assert_eq!(since_1900(61.0), (1900, 3, 1));
        assert_eq!(since_1900(45_722.0), (2025, 3, 6));
        assert_eq!(since_1900(36_585.0), (2000, 2, 29));
        assert_eq!(since_1900(2_958_465.0), (9999, 12, 31));
        assert_eq!(date(0.0, Epoch::Year1904), (1904, 1, 1));
        let noon = Moment::new(45_722.541_666_666_7, Epoch::Year1900).unwrap();
        assert_eq!((noon.hour, noon.minute, noon.second), (13, 0, 0));
        assert_eq!(noon.weekday, 4);
        assert_eq!(Moment::new(0.0, Epoch::Year1904).unwrap().weekday, 5);
        assert_eq!(Moment::new(-1.0, Epoch::Year1900), None);
        assert_eq!(Moment::new(f64::NAN, Epoch::Year1900), None);
    }
}
