//! Eigenvalues of symmetric matrices.
//!
//! Written here rather than taken from a linear algebra library because those choose their instructions by the
//! processor: cyclic Jacobi rotations in a fixed order, with nothing but `+ - * / sqrt`, give the same bits everywhere.

/// Eigenvalues, descending, and the unit eigenvectors of a symmetric `n` by `n` matrix given row by row. Vector `k` is
/// `vectors[k * n..(k + 1) * n]`; its element of greatest size is positive. `None` where the sweeps do not settle.
pub fn eigen_symmetric(matrix: &[f64], n: usize) -> Option<(Vec<f64>, Vec<f64>)> {
    let mut a = matrix.to_vec();
    // Row k of `v` becomes vector k.
    let mut v = vec![0.0; n * n];
    for k in 0..n {
        v[k * n + k] = 1.0;
    }
    let total: f64 = a.iter().map(|x| x * x).sum();
    if !total.is_finite() {
        return None;
    }
    let mut settled = false;
    for _ in 0..100 {
        let mut off = 0.0;
        for i in 0..n {
            for j in 0..i {
                off += a[i * n + j] * a[i * n + j];
            }
        }
        if off <= total * 1e-32 {
            settled = true;
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut v, n, p, q);
            }
        }
    }
    if !settled {
        return None;
    }
    let mut order: Vec<usize> = (0..n).collect();
    super::sort_by(&mut order, &|i, j| a[j * n + j].total_cmp(&a[i * n + i]));
    let values = order.iter().map(|&k| a[k * n + k]).collect();
    let mut vectors = Vec::with_capacity(n * n);
    for &k in &order {
        let row = &v[k * n..(k + 1) * n];
        let mut greatest = 0.0_f64;
        for &x in row {
            // A size within rounding of the first greatest one does not decide the sign.
            if x.abs() > greatest.abs() * (1.0 + 1e-9) {
                greatest = x;
            }
        }
        let sign = if greatest < 0.0 { -1.0 } else { 1.0 };
        vectors.extend(row.iter().map(|x| x * sign));
    }
    Some((values, vectors))
}

/// One Jacobi rotation that makes element (p, q) zero.
fn rotate(a: &mut [f64], v: &mut [f64], n: usize, p: usize, q: usize) {
    let apq = a[p * n + q];
    if apq == 0.0 {
        return;
    }
    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * apq);
    let t = if theta.abs() > 1e150 {
        0.5 / theta
    } else {
        let t = 1.0 / (theta.abs() + (theta * theta + 1.0).sqrt());
        if theta < 0.0 { -t } else { t }
    };
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    a[p * n + p] -= t * apq;
    a[q * n + q] += t * apq;
    a[p * n + q] = 0.0;
    a[q * n + p] = 0.0;
    for k in (0..n).filter(|&k| k != p && k != q) {
        let (x, y) = (a[p * n + k], a[q * n + k]);
        let (new_x, new_y) = (c * x - s * y, s * x + c * y);
        a[p * n + k] = new_x;
        a[k * n + p] = new_x;
        a[q * n + k] = new_y;
        a[k * n + q] = new_y;
    }
    for k in 0..n {
        let (x, y) = (v[p * n + k], v[q * n + k]);
        v[p * n + k] = c * x - s * y;
        v[q * n + k] = s * x + c * y;
    }
}

/// Solves `matrix · x = right` in place by elimination with partial pivoting; `None` where the matrix is singular.
pub fn solve(matrix: &mut [f64], right: &mut [f64]) -> Option<()> {
    let n = right.len();
    let scale = matrix.iter().fold(0.0, |m, x| super::max(m, x.abs()));
    for k in 0..n {
        let mut pivot = k;
        for i in k + 1..n {
            if matrix[i * n + k].abs() > matrix[pivot * n + k].abs() {
                pivot = i;
            }
        }
        let size = matrix[pivot * n + k].abs();
        if size.is_nan() || size <= scale * 1e-14 {
            return None;
        }
        if pivot != k {
            for j in 0..n {
                matrix.swap(k * n + j, pivot * n + j);
            }
            right.swap(k, pivot);
        }
        for i in k + 1..n {
            let factor = matrix[i * n + k] / matrix[k * n + k];
            for j in k..n {
                matrix[i * n + j] -= factor * matrix[k * n + j];
            }
            right[i] -= factor * right[k];
        }
    }
    for k in (0..n).rev() {
        let mut x = right[k];
        for j in k + 1..n {
            x -= matrix[k * n + j] * right[j];
        }
        right[k] = x / matrix[k * n + k];
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_vectors() {
        // Eigenvalues 3 ± sqrt 2 and 3: the path of three nodes plus three.
        let (values, vectors) =
            eigen_symmetric(&[3.0, 1.0, 0.0, 1.0, 3.0, 1.0, 0.0, 1.0, 3.0], 3).unwrap();
        let root = 2.0_f64.sqrt();
        for (found, expected) in values.iter().zip([3.0 + root, 3.0, 3.0 - root]) {
            assert!((found - expected).abs() < 1e-14, "{values:?}");
        }
        for (found, expected) in vectors.iter().zip([0.5, root / 2.0, 0.5]) {
            assert!((found - expected).abs() < 1e-14, "{vectors:?}");
        }
    }

    #[test]
    fn linear_equations() {
        let mut right = [5.0, 4.0];
        solve(&mut [0.0, 2.0, 1.0, 1.0], &mut right).unwrap();
        assert_eq!(right, [1.5, 2.5]);
        assert!(solve(&mut [1.0, 2.0, 2.0, 4.0], &mut [1.0, 1.0]).is_none());
    }
}
