import Glibc
import Synchronization
import Testing

@testable import SegqSystem

@Suite(.serialized) struct PreviewTests {
  private func answer(_ previewer: Previewer) -> Preview? {
    for _ in 0..<500 {
      if let answer = previewer.take() { return answer }
      usleep(10_000)
    }
    return nil
  }

  @Test("The answer to the latest question is told, and told once")
  func latest() {
    Signals.install()
    let previewer = Previewer { text, _ in Preview(note: text) }
    for text in ["a", "ab", "abc"] { previewer.ask(text) }
    #expect(answer(previewer) == Preview(note: "abc"))
    #expect(previewer.take() == nil)
    previewer.ask("d")
    #expect(answer(previewer) == Preview(note: "d"))
  }

  @Test("Who asks again makes the finder stop; what it found is not told")
  func abandoned() {
    Signals.install()
    let previewer = Previewer { text, isAbandoned in
      while text == "slow", !isAbandoned() { usleep(1000) }
      return Preview(note: text)
    }
    previewer.ask("slow")
    usleep(20_000)
    previewer.ask("quick")
    #expect(answer(previewer) == Preview(note: "quick"))
    previewer.ask("slow")
    previewer.abandon()
    usleep(50_000)
    #expect(previewer.take() == nil)
  }
}
