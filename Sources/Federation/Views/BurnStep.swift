/// A step of a site's grant over time: what was given or used up within a second, a minute, an hour or a day.
public struct BurnStep: Hashable, Sendable {
    /// The site.
    public var site: SiteID
    /// When the last of its lines was booked.
    public var at: Instant
    /// What was granted, less what expired.
    public var granted: Amount
    /// What was charged, adjustments included.
    public var charged: Amount

    /// A step at that moment.
    public init(site: SiteID, at: Instant, granted: Amount, charged: Amount) {
        self.site = site
        self.at = at
        self.granted = granted
        self.charged = charged
    }
}
