import Testing

/// Everything here shares one deployment, so it runs one after the other.
@Suite(.serialized) struct EndToEndTests {}
