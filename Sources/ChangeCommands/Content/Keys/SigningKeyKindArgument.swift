public import ArgumentParser
public import ContentSigning

extension PrivateSigningKey.Kind: ExpressibleByArgument {}
