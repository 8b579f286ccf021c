import Federation
import Wire

/// A reply that a courier has brought, verified.
struct CourierArrival {
    /// Its file in the inbox.
    var file: String
    /// What it says.
    var reply: CourierReply

    /// Order of application: replies count up within a generation, whatever order their documents came in; those that
    /// bear no number go by their document.
    static func precedes(_ left: CourierArrival, _ right: CourierArrival) -> Bool {
        let one = (left.reply.reply.generation, left.reply.reply.number, left.reply.reply.answers)
        return one < (right.reply.reply.generation, right.reply.reply.number, right.reply.reply.answers)
    }

    /// What it says beside the reply itself.
    var note: CourierReplyNote {
        CourierReplyNote(
            journal: reply.reply.journal, number: reply.reply.answers, has: reply.has, absent: reply.absent)
    }
}
