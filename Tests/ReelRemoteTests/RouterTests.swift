import ReelModel
import ReelRemote
import Testing

/// Which words are commands. A row: what is said, and where it goes.
struct RouterTests {
    static let commands: [(String, Intent)] = [
        // The contract's own words.
        ("export", .export(to: nil)), ("导出", .export(to: nil)), ("download", .export(to: nil)),
        ("send me the video", .export(to: nil)), ("credits", .credits), ("积分", .credits), ("balance", .credits),
        ("余额", .credits), ("status", .state), ("状态", .state), ("show tracks", .state), ("upload", .upload([])),
        ("上传", .upload([])),
        // Their inflections, in a sentence that adds nothing.
        ("Export!", .export(to: nil)), ("Can you export it, please?", .export(to: nil)),
        ("please download the video now", .export(to: nil)), ("Send me the video, thanks", .export(to: nil)),
        ("I want to download it", .export(to: nil)), ("export as mp4", .export(to: nil)),
        ("How many credits do I have left?", .credits), ("what's my balance", .credits),
        ("what is the status", .state), ("show me the timeline", .state), ("Show the tracks please", .state),
        ("我还有多少积分?", .credits), ("帮我导出视频", .export(to: nil)), ("查看状态", .state), ("请导出", .export(to: nil)),
        ("我要上传图片", .upload([])), ("I want to upload a file", .upload([])),
        // With a target or a file.
        ("export to out.mp4", .export(to: "out.mp4")), ("download it as /tmp/a b.mp4", .upload(["/tmp/a", "b.mp4"])),
        ("/tmp/clip.mov", .upload(["/tmp/clip.mov"])), ("upload clip.mp4", .upload(["clip.mp4"])),
        ("'/tmp/my pic.jpg'", .upload(["/tmp/my pic.jpg"])), ("/tmp/my\\ pic.jpg ", .upload(["/tmp/my pic.jpg"])),
        ("upload a.jpg, b.jpg", .upload(["a.jpg", "b.jpg"])),
        ("https://example.com/a/clip.mp4?x=1", .upload(["https://example.com/a/clip.mp4?x=1"])),
    ]

    @Test(arguments: commands)
    func `a command is known`(words: String, intent: Intent) {
        let route = Router.route(words)
        #expect(route.intent == intent)
        #expect(route.confidence >= Router.threshold)
    }

    static let messages = [
        "make a video about export markets", "add a title that says \"Export\"", "add text: download now",
        "generate a clip about credit cards", "create an upload animation", "make the status bar blue",
        "add the credits roll at the end with music", "remove the last scene", "make it shorter",
        "create a realistic image of a mountain sunset with a lake reflection", "生成一个关于出口的视频",
        "添加标题\"导出\"", "hello", "trim the first 3 seconds", "balance the colors of the second scene and make it warm",
        "what do you think of https://example.com/page", "write a song about uploading memories to the sky", "加上字幕：上传",
        "", "   ",
    ]

    @Test(arguments: messages)
    func `everything else goes to the agent`(words: String) {
        #expect(Router.route(words).intent == .message)
    }

    @Test func `an order beside a file goes to the agent after it`() {
        let route = Router.route("/tmp/a.jpg make a 10 second clip")
        #expect(route.intent == .upload(["/tmp/a.jpg"]))
        #expect(route.remainder == "make a 10 second clip")
        #expect(Router.route("please upload /tmp/a.jpg").remainder == nil)
    }
}

/// The agent's belief in a window, taken back.
struct InterfaceTalkTests {
    static let instructions: [(String, InterfaceTalk.Action)] = [
        ("Click the Export button to download your video.", .export), ("Please click [Export].", .export),
        ("You can click the Save button.", .click), ("Tap the Play button", .click), ("请点击导出按钮。", .export),
        ("点击“添加音乐”按钮。", .click), ("Open the Media panel.", .queryState), ("打开素材面板。", .queryState),
        ("Drag the clip onto the timeline.", .edit), ("Drop it on the timeline.", .edit), ("拖拽片段到时间线。", .edit),
        ("Preview in timeline.", .showTracks), ("Now preview it in the timeline!", .showTracks),
        ("Use the Export button.", .export), ("Check your account page.", .credits),
        ("When ready, press the Export button.", .exportOffer), ("打开导出面板", .export),
        ("Your video is ready, click Export to download it.", .export), ("如果满意，请点击导出按钮。", .exportOffer),
        ("Click the Export button once you are happy with it.", .exportOffer),
    ]

    @Test(arguments: instructions)
    func `an instruction becomes an action and is not shown`(sentence: String, action: InterfaceTalk.Action) {
        #expect(InterfaceTalk.translate(all: sentence) == [.action(action)])
    }

    static let descriptions = [
        "I added a title to the timeline.", "The man opens the door.", "A hand drags a heavy stone.",
        "The scene opens with a sunrise.", "Your video is 10 s long, it has 3 tracks.",
        "I clicked through the options.",
        "The beat drops at 3.5 s.", "The logo drops in from above.", "她打开了门。", "我已打开面板。", "The file is clip.mp4.",
        "Select frames show a red sky.", "Open water glitters in the sun.", "Choose life.",
    ]

    @Test(arguments: descriptions)
    func `a description stays word by word`(sentence: String) {
        #expect(InterfaceTalk.translate(all: sentence) == [.text(sentence)])
    }

    @Test func `what stands around an instruction stays`() {
        let pieces = InterfaceTalk.translate(all: "Done! Click the Export button. It has 2 scenes.")
        #expect(pieces == [.text("Done! "), .action(.export), .text("It has 2 scenes.")])
    }

    @Test func `the same comes out however the words come in`() {
        let text = "It is ready. Please click the Export button.\nLength: 3.5 s, file clip.mp4! 完成。点击导出按钮。好"
        func joined(_ pieces: [InterfaceTalk.Piece]) -> [InterfaceTalk.Piece] {
            pieces.reduce(into: []) { result, piece in
                if case .text(let more) = piece, case .text(let text)? = result.last {
                    result[result.count - 1] = .text(text + more)
                } else {
                    result.append(piece)
                }
            }
        }
        let whole = joined(InterfaceTalk.translate(all: text))
        #expect(whole.filter { if case .action = $0 { true } else { false } } == [.action(.export), .action(.export)])
        for size in 1...text.count {
            var talk = InterfaceTalk()
            var pieces: [InterfaceTalk.Piece] = []
            var rest = text[...]
            while !rest.isEmpty {
                pieces += talk.on(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(joined(pieces + talk.finish()) == whole)
        }
    }

    @Test func `words without an end come out all the same`() {
        var talk = InterfaceTalk()
        let pieces = talk.on(String(repeating: "a", count: 10_000))
        #expect(pieces == [.text(String(repeating: "a", count: 10_000))])
    }
}

struct PromptAdviceTests {
    @Test(arguments: [
        "make it look better", "improve this video", "Edit it please!", "make it more professional", "优化一下",
    ])
    func `a vague prompt gets a hint`(prompt: String) {
        #expect(PromptAdvice.hint(for: prompt) != nil)
    }

    @Test(arguments: [
        "create a realistic image of a mountain sunset with a lake reflection", "add the title \"Urban Dreams\"",
        "trim the first 3 seconds", "make it 9:16", "warmer colours", "生成一段城市夜景",
    ])
    func `a specific one gets none`(prompt: String) {
        #expect(PromptAdvice.hint(for: prompt) == nil)
    }
}

struct NextStepsTests {
    @Test(arguments: [(0.35, "lower the music to 20%"), (0.2, "make it 9 seconds long")])
    func `nothing is advised that has been done`(volume: Double, advice: String) throws {
        let json = """
            {"t": [
                {"tt": 0, "sg": [{"n": "a.jpg", "d": 4000}]}, {"tt": 1, "sg": [{"n": "Lo-fi", "d": 4000, "v": \(volume)}]},
                {"tt": 7, "sg": [{"n": "Title", "d": 3000}]}]}
            """
        let draft = try #require(Draft(try JSON(parsing: json)))
        #expect(NextSteps.after(draft, hasMedia: true) == [advice, "export"])
    }
}
