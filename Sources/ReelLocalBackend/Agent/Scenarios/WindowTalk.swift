extension Scenario {
    /// The service believes that there is a window to click in.
    static let windowTalk = Scenario(
        name: "window-talk", words: ["window-talk", "界面"],
        summary: "The report tells to click, open, drag and preview, as if there were a window."
    ) { scene in
        let english =
            "Local backend: the title is in place. Click the [Export] button to render your video, open the Timeline "
            + "panel to see the tracks, drag the clip to reorder it, and preview it in the timeline."
        let chinese = "本地后端：标题已添加。点击【导出】按钮即可导出视频，打开时间线面板查看轨道，拖拽片段调整顺序，在时间线中预览。"
        return Script(
            steps: [scene.opening] + scene.work
                + [.say([Wishes.isChinese(scene.message) ? chinese : english], ends: true)])
    }
}
