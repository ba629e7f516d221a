import SegqEngine
import Testing

@Suite("Whether shares differ by more than chance")
struct SignificanceTests {
  @Test("Of a part and its whole it is the test of the part beside the rest")
  func partAndWhole() {
    // 30 of 100 beside 100 of 900: p = 0.13, z = (0.3 − 0.1111) / √(0.13 × 0.87 × (1/100 + 1/900))
    let whole = Proportions(30, of: 100, and: 130, of: 1000, shared: 30, of: 100)
    let rest = Proportions(30, of: 100, and: 100, of: 900, shared: 0, of: 0)
    #expect(abs(rest.z - 5.3284) < 0.0001)
    #expect(abs(whole.z - rest.z) < 1e-9)
    #expect(rest.p < 1e-6)
  }

  @Test("1.96 standard errors are one in twenty; equal sets never differ; few say nothing")
  func edges() {
    let half = Proportions(598, of: 1000, and: 554, of: 1000, shared: 0, of: 0)
    #expect(abs(half.z - 1.9909) < 0.001)
    #expect(abs(half.p - 0.0465) < 0.001)
    let same = Proportions(5, of: 10, and: 5, of: 10, shared: 5, of: 10)
    #expect(same.z == 0 && same.areTooFew)
    #expect(Proportions(3, of: 4, and: 50, of: 100, shared: 0, of: 0).areTooFew)
    #expect(Proportions(0, of: 0, and: 1, of: 2, shared: 0, of: 0).areTooFew)
  }
}
