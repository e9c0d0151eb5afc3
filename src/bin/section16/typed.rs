//! The command line as it was typed, to be typed once more.

use std::borrow::Cow;
use std::env;

/// The command line of this process with one more option, unless it has that, as a shell takes it.
pub fn typed_with(option: &str) -> String {
    with_option(typed(), option)
}

/// The same without an option that takes a value.
pub fn typed_with_and_without(option: &str, without: &str) -> String {
    with_option(without_option(typed(), without), option)
}

fn typed() -> Vec<String> {
    env::args_os().map(|word| word.to_string_lossy().into_owned()).collect()
}

fn without_option(words: Vec<String>, option: &str) -> Vec<String> {
    let mut left = Vec::with_capacity(words.len());
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if word == "--" {
            left.push(word);
            left.extend(words);
            break;
        }
        if word == option {
            words.next();
        } else if word.strip_prefix(option).is_none_or(|rest| !rest.starts_with('=')) {
            left.push(word);
        }
    }
    left
}

fn with_option(mut words: Vec<String>, option: &str) -> String {
    // Behind `--` it would be an input.
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    if words.iter().take(end).all(|word| word != option) {
        words.insert(end, option.to_owned());
    }
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// The word in quotes, where a shell would make something else of it.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./,:=+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', r"'\''")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(words: &[&str]) -> String {
        with_option(words.iter().map(|word| (*word).to_owned()).collect(), "--resume")
    }

    #[test]
    fn the_option_comes_last_and_once_and_before_the_inputs_that_no_option_follows() {
        assert_eq!(again(&["section16", "convert", "in"]), "section16 convert in --resume");
        assert_eq!(again(&["section16", "convert", "--resume", "in"]), "section16 convert --resume in");
        assert_eq!(again(&["section16", "--", "--resume"]), "section16 --resume -- --resume");
    }

    #[test]
    fn an_option_is_left_out_with_its_value() {
        for (line, expected) in [
            ("a --max 3 b", "a b"),
            ("a --max=3 b", "a b"),
            ("a --maximum 3", "a --maximum 3"),
            ("a --max", "a"),
            ("a -- --max 3", "a -- --max 3"),
        ] {
            let words = line.split(' ').map(str::to_owned).collect();
            assert_eq!(without_option(words, "--max").join(" "), expected);
        }
    }

    #[test]
    fn words_come_through_a_shell_as_they_are() {
        let words = ["a b", "", "it's", "$HOME", "*", "4,4/A", "a\nb"];
        let line = again(&words);
        assert_eq!(line, r"'a b' '' 'it'\''s' '$HOME' '*' 4,4/A 'a".to_owned() + "\nb' --resume");
    }
}
