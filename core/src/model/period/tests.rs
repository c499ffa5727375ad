//! Labels of many kinds: their order, what is equal, and what is refused.

use proptest::prelude::*;

use super::*;

fn read(labels: &[&str]) -> Result<Periods, PeriodFault> {
    Periods::read(&labels.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>())
}

/// Labels in the order of the calendar, read in this order and backwards.
#[track_caller]
fn ordered(kind: PeriodKind, labels: &[&str]) -> Vec<f64> {
    let backwards: Vec<&str> = labels.iter().rev().copied().collect();
    for given in [labels, &backwards] {
        let periods = read(given).unwrap_or_else(|e| panic!("{given:?}: {e:?}"));
        assert_eq!(periods.unread, [0; 0]);
        let found: Vec<&str> = periods.list.iter().map(|p| p.label.as_str()).collect();
        assert_eq!(found, labels);
        for (period, label) in periods.list.iter().zip(labels) {
            assert_eq!(period.kind, kind, "{label}");
            let at = Period::find(&periods.list, label).map(|at| at.0 as usize);
            assert_eq!(at.map(|at| labels[at]), Some(*label));
        }
    }
    let periods = read(labels).expect("read before");
    let first = periods.list[0].time;
    periods.list.iter().map(|p| p.time - first).collect()
}

/// Labels that all mean the same, beside another one of their kind.
#[track_caller]
fn equal(kind: PeriodKind, labels: &[&str], other: &str) {
    for label in labels {
        for first in labels {
            if first == label {
                continue;
            }
            let periods = read(&[first, label, other])
                .unwrap_or_else(|e| panic!("{first}, {label}, {other}: {e:?}"));
            assert_eq!(periods.of[0], periods.of[1], "{first} and {label}");
            assert_ne!(periods.of[0], periods.of[2], "{first} and {other}");
            let at = periods.of[0];
            assert_eq!(periods.list[at.0 as usize].label, *first);
            assert_eq!(periods.list[at.0 as usize].kind, kind, "{first}, {label}");
        }
        let periods = read(&[labels[0], other]).expect("read before");
        assert_eq!(Period::find(&periods.list, label), Some(periods.of[0]), "{label} is found");
    }
}

#[test]
fn each_kind_is_in_the_order_of_the_calendar() {
    use PeriodKind::*;
    assert_eq!(ordered(Year, &["1999", "2019.0", "2020年"]), [0.0, 20.0, 21.0]);
    assert_eq!(ordered(Year, &["98年", "05年度"]), [0.0, 7.0]);
    assert_eq!(ordered(SplitYear, &["2009/10", "2010-11", "2011-2012"]), [0.0, 1.0, 2.0]);
    assert_eq!(ordered(Half, &["2019年上半年", "2019H2", "2020-H1"]), [0.0, 1.0, 2.0]);
    assert_eq!(ordered(HalfOnly, &["上半年", "下半年"]), [0.0, 1.0]);
    assert_eq!(
        ordered(Quarter, &["2019Q4", "Q1 2020", "2020年第二季度", "2020年3季度", "4q2020"]),
        [0.0, 1.0, 2.0, 3.0, 4.0]
    );
    assert_eq!(ordered(QuarterOnly, &["一季度", "第2季度", "Q4"]), [0.0, 1.0, 3.0]);
    assert_eq!(
        ordered(
            Month,
            &["2023-12", "2024/1", "2024年2月", "Mar 2024", "2024M10", "202411", "Dec-24"]
        ),
        [0.0, 1.0, 2.0, 3.0, 10.0, 11.0, 12.0]
    );
    assert_eq!(ordered(Month, &["2024.8", "2024.9", "2024.10", "2024.11"]), [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(ordered(MonthOnly, &["1月", "2月", "十月", "12月份"]), [0.0, 1.0, 9.0, 11.0]);
    assert_eq!(ordered(MonthsTo, &["2019年1-9月", "2019年1-10月"]), [0.0, 1.0]);
    assert_eq!(ordered(MonthsToOnly, &["1-2月", "1-10月"]), [0.0, 8.0]);
    assert_eq!(ordered(Week, &["2020W52", "2020-W53", "2021年第1周"]), [0.0, 1.0, 2.0]);
    assert_eq!(
        ordered(Day, &["2020-02-28", "2020年2月29日", "2020/3/1", "20200302"]),
        [0.0, 1.0, 2.0, 3.0]
    );
    assert_eq!(ordered(Day, &["28.2.2019", "2019-03-01 12:00:00"]), [0.0, 1.5]);
    assert_eq!(ordered(MonthFirst, &["2/28/2019", "3/1/2019"]), [0.0, 1.0]);
    assert_eq!(ordered(DayOnly, &["1月5日", "10月5日", "11月5日"]), [0.0, 274.0, 305.0]);
    assert_eq!(
        ordered(Edition, &["第1期", "第二期", "第3期", "第十期", "第21期"]),
        [0.0, 1.0, 2.0, 9.0, 20.0]
    );
    assert_eq!(ordered(Edition, &["T1", "T2", "T10"]), [0.0, 1.0, 9.0]);
    assert_eq!(ordered(Edition, &["2", "10", "999"]), [0.0, 8.0, 997.0]);
    assert_eq!(ordered(Number, &["999", "2019", "2020.5"]), [0.0, 1020.0, 1021.5]);
    assert_eq!(ordered(Number, &["2019", "2019.5", "2020"]), [0.0, 0.5, 1.0]);
}

#[test]
fn labels_that_mean_the_same_are_one_period() {
    use PeriodKind::*;
    let years =
        ["2019", "2019.0", "2019年", "２０１９", "二〇一九年", " 2019 年", "2019年度", "FY2019"];
    equal(Year, &years, "2020");
    let months = [
        "2024-01",
        "2024-1",
        "2024/1",
        "2024.01",
        "2024年1月",
        "2024年01月",
        "2024 年一月",
        "2024M1",
        "202401",
        "Jan 2024",
        "January 2024",
        "2024-Jan",
        "1/2024",
        "2024‑01",
        "2024-01-01",
    ];
    equal(Month, &months, "2024-10");
    equal(
        Quarter,
        &["2019Q1", "2019-Q1", "2019年1季度", "2019年第一季度", "Q1 2019", "1Q2019"],
        "2019Q2",
    );
    equal(Half, &["2019H1", "2019年上半年", "2019S1", "H1 2019"], "2019H2");
    equal(Week, &["2019W05", "2019-W5", "2019年第五周"], "2019W06");
    equal(
        Day,
        &["2019-01-05", "2019/1/5", "2019.1.5", "2019年1月5日", "20190105", "5 January 2019"],
        "2019-02-03",
    );
    equal(Edition, &["第3期", "第三期", "3期", "Edition 3", "3"], "第4期");
    equal(MonthOnly, &["1月", "一月", "1月份", "January", "Jan"], "2月");
}

#[test]
fn days_that_begin_or_end_months_and_years_are_these() {
    use PeriodKind::*;
    assert_eq!(ordered(Month, &["2024-01-01", "2024-02-01", "2024-04-01"]), [0.0, 1.0, 3.0]);
    assert_eq!(ordered(Month, &["2024-01-31", "2024-02-29", "2024-03-31"]), [0.0, 1.0, 2.0]);
    assert_eq!(ordered(Year, &["2019-01-01", "2021-01-01"]), [0.0, 2.0]);
    assert_eq!(ordered(Year, &["2019-12-31", "2020-12-31"]), [0.0, 1.0]);
    assert_eq!(ordered(Day, &["2024-01-01", "2024-01-31"]), [0.0, 30.0]);
    let periods = read(&["2024-01-01", "2024-02-01"]).unwrap();
    assert_eq!(Period::find(&periods.list, "2024年2月"), Some(PeriodIx(1)));
    assert_eq!(Period::find(&periods.list, "2024-02-01"), Some(PeriodIx(1)));
    assert_eq!(Period::find(&periods.list, "2024-02-02"), None);
}

#[test]
fn kinds_do_not_mix() {
    use PeriodKind::*;
    for (labels, first, second) in [
        (&["2024-01", "2024-02", "2024"][..], (0, Month), (2, Year)),
        (&["2024", "2024.1", "2024.2"], (0, Year), (1, Month)),
        (&["2019Q1", "2019-02"], (0, Quarter), (1, Month)),
        (&["2019", "第3期"], (0, Year), (1, Edition)),
        (&["1月", "2019年1月"], (0, MonthOnly), (1, Month)),
    ] {
        assert_eq!(read(labels), Err(PeriodFault::Mixed { first, second }), "{labels:?}");
    }
}

#[test]
fn an_october_without_its_zero_is_not_taken_for_a_january() {
    let ambiguous = |label| {
        let meanings = ["2024-01", "2024-10"].map(str::to_owned);
        Err(PeriodFault::Ambiguous { label, meanings })
    };
    assert_eq!(read(&["2024.8", "2024.9", "2024.1", "2024.11"]), ambiguous(2));
    assert_eq!(read(&["2024.9", "2024.1"]), ambiguous(1));
    assert_eq!(read(&["2023.9", "2024.1", "2024.2", "2024.11"]), ambiguous(1));
    let days = ["2019-04-03", "2019-03-04"].map(str::to_owned);
    let of_month = PeriodFault::Ambiguous { label: 0, meanings: days };
    assert_eq!(read(&["3/4/2019", "5/4/2019"]), Err(of_month));
    for certain in [
        &["2024.1", "2024.2", "2024.3"][..],
        &["2024.3", "2024.2", "2024.1"],
        &["2024.1", "2024.10", "2024.11"],
        &["2023.11", "2023.12", "2024.1"],
        &["2024.08", "2024.1", "2024.11"],
    ] {
        let kind = read(certain).map(|periods| periods.list[0].kind);
        assert_eq!(kind, Ok(PeriodKind::Month), "{certain:?}");
    }
}

#[test]
fn labels_without_time_stay_as_they_came() {
    let periods = read(&["birth", "2019", "career", "business"]).unwrap();
    assert_eq!(periods.unread, [0, 2, 3]);
    assert_eq!(periods.of, [0, 1, 2, 3].map(PeriodIx));
    assert_eq!(periods.list[3].time, 3.0);
    assert!(!periods.list[0].kind.is_time());
    assert_eq!(Period::find(&periods.list, "career"), Some(PeriodIx(2)));
    assert_eq!(Period::find(&periods.list, "2019年"), None);
    assert_eq!(read(&[""]).unwrap().unread, [0; 0]);
    assert_eq!(read(&["前三季度", "2019-02-30", "2019Q5"]).unwrap().unread, [0, 1, 2]);
}

#[test]
fn a_step_is_the_common_distance() {
    for (times, step) in [
        (&[2003.0, 2005.0, 2009.0][..], 2.0),
        (&[2003.0, 2004.0, 2009.0], 1.0),
        (&[2020.0, 2020.5, 2022.0], 0.5),
        (&[5.0], 1.0),
        (&[], 1.0),
    ] {
        assert_eq!(Period::step(times), step, "{times:?}");
    }
}

proptest! {
    /// A month written in any two ways is one period, and months are in the order of the calendar.
    #[test]
    fn months_in_every_form(months in proptest::collection::vec((1000_i64..9999, 1_i64..=12, 0_usize..9), 2..12)) {
        let forms: [fn(i64, i64) -> String; 9] = [
            |y, m| format!("{y}-{m}"),
            |y, m| format!("{y}-{m:02}"),
            |y, m| format!("{y}/{m}"),
            |y, m| format!("{y}年{m}月"),
            |y, m| format!("{y} 年 {m:02} 月"),
            |y, m| format!("{y}M{m:02}"),
            |y, m| format!("{m}/{y}"),
            |y, m| format!("{y}.{m:02}"),
            |y, m| format!("{y}年{m}月份"),
        ];
        let labels: Vec<String> = months.iter().map(|(y, m, form)| forms[*form](*y, *m)).collect();
        let periods = match Periods::read(&labels) {
            Ok(periods) => periods,
            Err(e) => return Err(TestCaseError::fail(format!("{labels:?}: {e:?}"))),
        };
        // Years that follow each other, as 2010-11 and 2011-12, are another kind.
        prop_assume!(periods.list[0].kind == PeriodKind::Month);
        for (a, of_a) in months.iter().zip(&periods.of) {
            let time = periods.list[of_a.0 as usize].time;
            prop_assert_eq!(time, (a.0 * 12 + a.1 - 1) as f64);
            for (b, of_b) in months.iter().zip(&periods.of) {
                prop_assert_eq!((a.0, a.1).cmp(&(b.0, b.1)), of_a.cmp(of_b));
            }
        }
        for (label, of) in labels.iter().zip(&periods.of) {
            prop_assert_eq!(Period::find(&periods.list, label), Some(*of));
        }
    }

    /// Days are counted as the calendar counts them: each is one later than the day before.
    #[test]
    fn days_follow_each_other(year in 1_i64..9999, month in 1_i64..=12, day in 1_i64..=31) {
        let text = |(y, m, d): (i64, i64, i64)| format!("{y:04}-{m:02}-{d:02}");
        let of = |text: &str| label::readings(text).into_iter().find(|r| r.kind == PeriodKind::Day);
        let lengths = [31, if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 29 } else { 28 },
            31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let length = lengths[month as usize - 1];
        let found = of(&text((year, month, day)));
        prop_assert_eq!(found.is_some(), day <= length);
        if let Some(found) = found {
            let next = match (month, day == length) {
                (_, false) => (year, month, day + 1),
                (12, true) => (year + 1, 1, 1),
                (_, true) => (year, month + 1, 1),
            };
            prop_assert_eq!(of(&text(next)).map(|r| r.time), Some(found.time + 1.0));
            // A year and a month know their first days.
            let first = found.within(PeriodKind::Month, false);
            prop_assert_eq!(first.is_some(), day == 1);
        }
    }

    /// Any labels are periods or refused: every label has its period, and the periods ascend.
    #[test]
    fn any_labels_have_their_places(
        labels in proptest::collection::hash_set("[0-9]{0,8}[-./年月日季周期QqHhWwM第一十 ]{0,3}[0-9]{0,4}[月日期]?|\\PC{0,12}", 1..8),
    ) {
        let labels: Vec<String> = labels.into_iter().collect();
        if let Ok(periods) = Periods::read(&labels) {
            prop_assert_eq!(periods.of.len(), labels.len());
            prop_assert!(periods.list.windows(2).all(|two| two[0].time < two[1].time));
            for (label, of) in labels.iter().zip(&periods.of) {
                let period = &periods.list[of.0 as usize];
                prop_assert!(period.label == *label || period.kind.is_time());
            }
        }
    }
}
