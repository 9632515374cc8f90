import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelReport
