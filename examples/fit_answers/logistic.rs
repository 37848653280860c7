//! Logistic regression with a ridge, by Newton's method.

use crate::talks::Case;

/// Weights in log-odds.
pub struct Model {
    /// Before any feature has spoken.
    pub base: f64,
    /// In the features' order.
    pub weights: Vec<f64>,
}

/// How strongly weights are drawn to 0, each measured by how much its feature varies.
const RIDGE: f64 = 1.0;
/// Newton's method has settled by then.
const STEPS: usize = 12;

impl Model {
    /// The weights under which what people said is likeliest.
    pub fn fit(cases: &[&Case]) -> Self {
        let features = cases.first().map_or(0, |case| case.values.len());
        let ridge = ridge(cases, features);
        // The base comes last.
        let mut all = vec![0.0; features + 1];
        for _ in 0..STEPS {
            let (slope, bend) = derivatives(cases, &all, &ridge);
            for (weight, step) in all.iter_mut().zip(solved(bend, slope)) {
                *weight += step;
            }
        }
        let base = all.pop().unwrap_or_default();
        Self { base, weights: all }
    }

    /// What speaks for the message's being an answer, in log-odds.
    pub fn log_odds(&self, values: &[f64]) -> f64 {
        let weighed = self
            .weights
            .iter()
            .zip(values)
            .map(|(weight, value)| weight * value);
        self.base + weighed.sum::<f64>()
    }
}

fn sigmoid(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// What each weight's square costs.
fn ridge(cases: &[&Case], features: usize) -> Vec<f64> {
    let count = cases.len().max(1) as f64;
    let variance = |nth: usize| {
        let mean = cases.iter().map(|case| case.values[nth]).sum::<f64>() / count;
        let squares = cases.iter().map(|case| (case.values[nth] - mean).powi(2));
        // A feature that never varies has no say.
        (squares.sum::<f64>() / count).max(1e-6)
    };
    (0..features)
        .map(|nth| RIDGE * variance(nth))
        .chain([0.0])
        .collect()
}

/// The slope of the likelihood at some weights, and how it bends.
fn derivatives(cases: &[&Case], all: &[f64], ridge: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = all.len();
    let mut slope: Vec<f64> = all
        .iter()
        .zip(ridge)
        .map(|(weight, cost)| -weight * cost)
        .collect();
    let mut bend = vec![vec![0.0; size]; size];
    for (nth, cost) in ridge.iter().enumerate() {
        bend[nth][nth] = *cost;
    }
    for case in cases {
        let values: Vec<f64> = case.values.iter().copied().chain([1.0]).collect();
        let told = sigmoid(
            all.iter()
                .zip(&values)
                .map(|(weight, value)| weight * value)
                .sum(),
        );
        let missed = f64::from(u8::from(case.answers)) - told;
        let doubt = told * (1.0 - told);
        let present: Vec<usize> = (0..size).filter(|&nth| values[nth] != 0.0).collect();
        for &row in &present {
            slope[row] += missed * values[row];
            for &column in &present {
                bend[row][column] += doubt * values[row] * values[column];
            }
        }
    }
    (slope, bend)
}

/// Solves `matrix · x = right` by elimination; the matrix is positive definite, so no row need be swapped.
fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let pivot_row = matrix[pivot].clone();
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / pivot_row[pivot];
            for column in pivot..size {
                matrix[row][column] -= factor * pivot_row[column];
            }
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size)
            .map(|column| matrix[row][column] * right[column])
            .sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}
