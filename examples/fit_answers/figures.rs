//! How good the links are, and whether a confidence means what it says.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use beadle::reading::SUGGEST;

use crate::talks::Case;

/// Of the links that would be suggested: how many are right, how many of the right ones are found, and how
/// often the surest one of a question is right.
pub fn links(cases: &[Case], foretold: &[f64]) -> String {
    let mut text = String::from("source        threshold  precision  recall  F1     best pick\n");
    let mut sources: Vec<&str> = cases.iter().map(|case| &*case.source).collect();
    sources.sort_unstable();
    sources.dedup();
    for source in sources {
        for threshold in [0.3, f64::from(SUGGEST), 0.5, 0.7] {
            let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
            let mut best: BTreeMap<usize, (f64, bool)> = BTreeMap::new();
            let cases = cases.iter().zip(foretold);
            for (case, &told) in cases.filter(|(case, _)| case.source == source) {
                let suggested = told >= threshold && case.may_be_suggested;
                match (suggested, case.answers) {
                    (true, true) => right += 1,
                    (true, false) => wrong += 1,
                    (false, true) => missed += 1,
                    (false, false) => (),
                }
                if suggested {
                    let surest = best.entry(case.question).or_insert((told, case.answers));
                    if told > surest.0 {
                        *surest = (told, case.answers);
                    }
                }
            }
            let precision = share(right, right + wrong);
            let recall = share(right, right + missed);
            let f1 = 2.0 * precision * recall / (precision + recall);
            let picked = best.values().filter(|(_, answers)| *answers).count() as u32;
            let picked = share(picked, best.len() as u32);
            let _ = writeln!(
                text,
                "{source:12}  {threshold:9.2}  {precision:9.3}  {recall:6.3}  {f1:.3}  {picked:9.3}"
            );
        }
    }
    text
}

/// For each tenth of the confidence: how many pairs, what was foretold of them, how many were answers.
pub fn calibration(cases: &[Case], foretold: &[f64]) -> String {
    let mut tenths = [(0_u32, 0.0, 0_u32); 10];
    for (case, &told) in cases
        .iter()
        .zip(foretold)
        .filter(|(case, _)| case.may_be_suggested)
    {
        let tenth = &mut tenths[((told * 10.0) as usize).min(9)];
        tenth.0 += 1;
        tenth.1 += told;
        tenth.2 += u32::from(case.answers);
    }
    let mut text = String::from("confidence  pairs  foretold  were answers\n");
    for (nth, (pairs, told, answers)) in tenths.into_iter().enumerate() {
        let (from, to) = (nth as f64 / 10.0, (nth + 1) as f64 / 10.0);
        let (told, answers) = (told / f64::from(pairs.max(1)), share(answers, pairs));
        let _ = writeln!(
            text,
            "{from:.1} to {to:.1}  {pairs:5}  {told:8.2}  {answers:12.2}"
        );
    }
    text
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}
