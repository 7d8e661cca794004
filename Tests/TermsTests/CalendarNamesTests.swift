import Testing

@testable import Terms

@Suite struct CalendarNamesTests {
  @Test(
    "a month is known by its names in each language, and in the cases in which dates have them",
    arguments: [
      (1, "January Jan sausis sausio saus января январь янв Januar stycznia styczeń sty"),
      (2, "February Feb vasaris vasario vas vasarį февраля февраль февр феврале Februar lutego luty lut"),
      (3, "March Mar kovas kovo kov марта март марте März marca marzec mar"),
      (4, "April Apr balandis balandžio bal апреля апрель апр kwietnia kwiecień kwi"),
      (5, "May gegužė gegužės geg мая май мае Mai maja maj"),
      (6, "June Jun birželis birželio birž июня июнь июне Juni czerwca czerwiec cze"),
      (7, "July Jul liepa liepos liep июля июль Juli lipca lipiec lip"),
      (8, "August Aug rugpjūtis rugpjūčio rugp августа август sierpnia sierpień sie"),
      (9, "September Sep Sept rugsėjis rugsėjo rugs сентября сентябрь сент września wrzesień wrz"),
      (10, "October Oct spalis spalio spal октября октябрь окт Oktober Okt października październik paź"),
      (11, "November Nov lapkritis lapkričio lapkr ноября ноябрь нояб listopada listopad lis"),
      (12, "December Dec gruodis gruodžio gruod декабря декабрь дек Dezember Dez grudnia grudzień gru"),
    ])
  func months(month: Int, names: String) {
    for name in names.split(separator: " ") {
      #expect(CalendarNames.month(Text.fold(String(name))) == month, "\(name)")
    }
  }

  @Test("what is no month is none")
  func noMonths() {
    for word in ["vasara", "pavasaris", "осень", "Herbst", "a", "", "d", "m"] {
      #expect(CalendarNames.month(Text.fold(word)) == nil, "\(word)")
    }
  }

  @Test("days of the week are known")
  func weekdays() {
    for word in ["Thursday", "ketvirtadienis", "четверг", "Donnerstag", "czwartek"] {
      #expect(CalendarNames.isWeekday(Text.fold(word)), "\(word)")
    }
    #expect(!CalendarNames.isWeekday("may"))
  }
}
