use super::*;
use crate::results::check_target;
use crate::results::fixture;

fn refusal(path: &Path) -> String {
    let refusal = read(path).unwrap_err().to_string();
    assert!(refusal.starts_with(&format!("{}: ", path.display())) && !refusal.contains('\n'));
    refusal
}

/// Fails if a bit of the results is lost, or the same results are saved differently.
#[test]
fn what_is_saved_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.eqr");
    let saved = fixture::saved(100, 2000, 512, true);
    write(&path, &saved, false).unwrap();
    assert_eq!(read(&path).unwrap(), saved);
    let again = folder.path().join("b.eqr");
    write(&again, &fixture::saved(100, 2000, 7, true), false).unwrap();
    assert_eq!(fs::read(&path).unwrap(), fs::read(&again).unwrap());
}

#[test]
fn a_file_is_replaced_only_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.eqr");
    fs::write(&path, "mine").unwrap();
    let saved = fixture::saved(0, 10, 512, false);
    assert!(matches!(check_target(&path, false), Err(WriteError::Exists(_))));
    assert!(matches!(write(&path, &saved, false), Err(WriteError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    write(&path, &saved, true).unwrap();
    assert_eq!(read(&path).unwrap(), saved);
    assert!(matches!(write(folder.path(), &saved, true), Err(WriteError::Folder(_))));
    let missing = folder.path().join("none").join("a.eqr");
    assert!(matches!(write(&missing, &saved, true), Err(WriteError::NoFolder(_))));
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing half written is left behind"
    );
}

#[test]
fn what_is_no_saved_result_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.eqr");
    assert!(refusal(&path).ends_with("there is no such file"));
    assert!(refusal(folder.path()).contains("is a folder"));
    for other in [
        "",
        "[scenario]",
        "{}",
        r#"{"format_version":1,"equipoise":"0.1.0"}"#,
        "\u{0}\u{1}",
    ] {
        fs::write(&path, other).unwrap();
        assert!(
            refusal(&path).ends_with("is not a file of saved results (.eqr)"),
            "{other:?}"
        );
    }
    fs::write(&path, r#"{"format":"equipoise results","format_version":2,"new":1}"#).unwrap();
    assert!(refusal(&path).ends_with("is of format version 2, but this equipoise reads version 1"));
}

/// Fails if a file that was cut off or changed is taken for a whole one.
#[test]
fn damage_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.eqr");
    write(&path, &fixture::saved(0, 50, 512, true), false).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let cut = [text.len() / 2, text.len() - 3, marker().len() + 1].map(|end| text[..end].to_owned());
    let changed = [
        text.replace(r#""runs":50"#, r#""runs":51"#),
        text.replacen(r#""n":50"#, r#""n":49"#, 1),
        text.replacen(r#""first_run":0"#, &format!(r#""first_run":{}"#, u64::MAX), 1),
        text.replacen(r#""seed""#, r#""sead""#, 1),
    ];
    for damaged in cut.into_iter().chain(changed) {
        assert_ne!(damaged, text);
        fs::write(&path, damaged).unwrap();
        assert!(refusal(&path).contains("is damaged: "));
    }
}
