# What the peers take for the jobs of benches/figures.rs: prints "peer<TAB>figure<TAB>seconds", the least of some runs.
# Called by `cargo bench`; a peer that is not installed is left out.

least <- function(runs, work) {
  min(vapply(seq_len(runs), function(i) {
    start <- proc.time()[["elapsed"]]
    work()
    proc.time()[["elapsed"]] - start
  }, 0))
}
say <- function(figure, seconds) cat(sprintf("peer\t%s\t%.6f\n", figure, seconds))
has <- function(package) suppressWarnings(requireNamespace(package, quietly = TRUE))

set.seed(1)
if (has("COINr")) {
  suppressMessages(library(COINr))
  quietly <- function(x) suppressWarnings(suppressMessages(x))
  coin <- quietly(build_example_coin(quietly = TRUE))
  # R's clock ticks in milliseconds: ten runs are timed as one.
  say("asem in process", least(5, function() for (i in 1:10) quietly(Regen(coin, quietly = TRUE))) / 10)
  say("asem as a process", least(3, function() {
    code <- "suppressMessages(library(COINr)); invisible(suppressMessages(build_example_coin(quietly = TRUE)))"
    system2("Rscript", c("-e", shQuote(code)), stdout = FALSE, stderr = FALSE)
  }))
  x <- as.data.frame(matrix(runif(500 * 10, 1, 100), 500))
  say("copeland 500x10", least(1, function() a_copeland(x, rep(0.1, 10))))
}

if (has("lpSolveAPI")) {
  # Benefit of the doubt, one linear program a region: max w·y0 with Y w <= 1, w >= 0.
  y <- matrix(runif(3000 * 8, 1, 100), 3000)
  say("benefit_of_doubt 3000x8", least(1, function() {
    lp <- lpSolveAPI::make.lp(3000, 8)
    for (k in 1:8) lpSolveAPI::set.column(lp, k, y[, k])
    lpSolveAPI::set.rhs(lp, rep(1, 3000))
    lpSolveAPI::set.constr.type(lp, rep("<=", 3000))
    lpSolveAPI::lp.control(lp, sense = "max")
    for (i in 1:3000) {
      lpSolveAPI::set.objfn(lp, y[i, ])
      solve(lp)
    }
  }))
}
