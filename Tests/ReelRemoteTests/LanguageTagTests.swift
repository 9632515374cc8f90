import ReelRemote
import Testing

struct LanguageTagTests {
    @Test(
        arguments: [
            ("de_AT.UTF-8", "de"), ("en_US", "en"), ("en", "en"), ("zh_CN.UTF-8", "zh-CN"), ("zh_TW", "zh-TW"),
            ("pt_BR@euro", "pt-BR"), ("zh-Hans-CN", "zh-CN"), ("ja_JP.eucJP", "ja"), ("fil_PH", "fil"),
            ("C", nil), ("C.UTF-8", nil), ("POSIX", nil), ("", nil), ("zh_中国", "zh"), ("x\r\nHost_A", nil),
        ] as [(String, String?)])
    func `a locale's name as a tag`(locale: String, tag: String?) {
        #expect(LanguageTag.of(locale: locale) == tag)
    }

    @Test func `the first variable that says something counts`() {
        #expect(LanguageTag.of(environment: ["LC_ALL": "", "LC_MESSAGES": "fr_FR", "LANG": "en_US"]) == "fr")
        #expect(LanguageTag.of(environment: ["LC_ALL": "C", "LANG": "en_US"]) == nil)
        #expect(LanguageTag.of(environment: [:]) == nil)
    }
}
