use clap::Args;
use clap_complete::Shell;

/// What was typed after `section16 completions`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 completions bash > ~/.local/share/bash-completion/completions/section16
  section16 completions zsh > ~/.zfunc/_section16       # with fpath+=~/.zfunc before compinit
  section16 completions fish > ~/.config/fish/completions/section16.fish")]
pub struct CompletionsArgs {
    /// The shell that completes
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}
