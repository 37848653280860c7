//! The program: everything it does is one of the subcommands of [`beadle::cli`].

fn main() -> std::process::ExitCode {
    beadle::cli::main()
}
