/// Mean meaning vector of each language, by model: what a text's language alone says, to be subtracted.
///
/// Computed with multilingual-e5-small (four bits, prefix "query: ") from the postings of the sample exchange that
/// comes with the program (title, summary, detail, purpose; 60 ja, 15 en, 18 ko, 18 zh). A collection's own postings
/// take over as it grows; see `RankingWeights.centringPrior`.
enum ShippedMeans {
    /// The mean for a language; nil for a model or dimension of which none is shipped.
    static func mean(of language: MatchLanguage, model: String, dimension: Int) -> [Float]? {
        guard model.contains(name), dimension == count else { return nil }
        return decoded[language.number]
    }

    /// Every packaging of the model puts texts in nearly the same places.
    private static let name = "multilingual-e5-small"
    private static let count = 384
    /// What a byte of 1 stands for.
    private static let unit: Float = 0.00093555

    private static let decoded = MatchLanguage.allCases.map { language in
        decode(written[language.number])
    }

    /// Two hexadecimal digits a value, as a signed byte.
    private static func decode(_ text: String) -> [Float] {
        var values: [Float] = []
        var high: UInt8?
        for digit in text.utf8 {
            let value = digit < 0x3A ? digit - 0x30 : digit - 0x57
            if let first = high {
                values.append(Float(Int8(bitPattern: first << 4 | value)) * unit)
                high = nil
            } else {
                high = value
            }
        }
        return values
    }

    /// In the order of `MatchLanguage.number`.
    private static let written: [String] = [
        // ja
        "3bd5cdd04cd40123411527f44305cf323ac1c9c820f8c628363de62e20a4c2b936cc4014d1db36cce70321560a4ccf2a"
            + "c0e6e641f0180ed0e3baa3415af5ff387a3b3234b9cce52cedf0032b34dd3ad7c0d5da20d73c3ab342e65341c9d2e2bc"
            + "ec252de741cc24a0ea313cc931b4b9343f28dfd4f0c847da4bdccbc9b6e7212eec0e343b07413958da01d9e7d119d936"
            + "313741db48ee41ed542b18cfd6ca2051c7bca7d3d8af3357a8d7e92fd222fb2ce015541de8d29dc4c6d2d02836cb0e22"
            + "d2c3dd16ce311c22f0dd2d3a43ebc622d5342fbaae4eddeef123cf3d2cf8159af63c33bbbf20e6f2dac9d6bbf93532be"
            + "e3c347ba1dd5f905f32d1fcad9c6d4442e28ce1829f876172c2ca8d3daf6c92227c7d2ce145bd4c52f212f3a3df2f83a"
            + "f6e9c4e22fc93808f067e70ed0d4131dc41efc261f37393bc4d11d3d1217bec3bbcdeeb62e3dcaf022f90cc3cf40c8ce"
            + "e450b8c12537d028dbbc31f4d438079a251ad420e6db3b30dce4281a4145faef1abf3142dcfafec7ad39baa93f2a3e38",
        // en
        "1de0bfca4ad31c183de91ef733d8e14037d4d0cc17dfd21c2d3dd90b1c88d5d727d6341bbdcd41cbed0e0c40262cc029"
            + "d4e4c342fb1a1dc8cabfd03c5fd8f92d60592126abd6e23f02e204292bc826d0d9dcd505d34f43b15ed24420dfcab5b1"
            + "cc1b3edc3cdc23b0f32549cc44d7c42a4420ddcedae231dd3eddbacab9f31e3d10102e3d14512e58d1f7f4dec924e03f"
            + "4b3a58dd48f038f6391636ceaebb1246c3cdbef5b1dc2b48c3dcc222f32ff428e0055225d5eaadd3cfc5cb3236d0f833"
            + "ddbdba31dd294416f9dd2a1d43fbd33be44137a7b622fbe50232e03532ed3394d62f4bb5c834deeca5aecdcde6363fbe"
            + "cbce33b62adff30bef3913c6dfbdca3c2645df2435ff54202833d3ded3e4ae281ad1ced9174de3d93b1343403aede84a"
            + "e7d5f2b02dea571ce357e5fde0cf3c33cd150b25161d4a3bced63638f00dc9b5d4c1eeb1242bdeed19e51fd6da22d2de"
            + "f439bbbc1612cb37f1ce34e1ea313e811a23c73af4c64e1ac6ef2b244941e21c2dbf4930db0beeaccf3ebabb2a4f3336",
        // ko
        "29dec5c865e008293b101f0b30efd9233cd0d9c31ffbac34402cd6232ca1ccbe01d15228d3d43cc3fb12175b3343c735"
            + "c5e1c93c151d31d2e2b7bd535fedef1c6e3a1c24e1cef91603e10f1c41bc55cacfcccc16d3542ac443e85742ded2dcc7"
            + "e71a40dd3aca25d2db2d35de3cd1c8323a17bae2ebdb2cd04bdfbacec0f91b15fb16312afa5e3d4cd31ed8d8d924cb41"
            + "3f4349b755dc37f7431b18dae3d5105ec3c2afcdd0ab344cb9d8ce3ed82a053ad6085725d9dba5b8d2e6ad2038c1ff2e"
            + "d2aac52cb5332e1809c5242a3bf0d23bc42e2cb6954004ee0537c6443ce5fd90e8232daed437d4dfdab0e0c6fe2d3da9"
            + "d6d759a60fdbe914fe3c1ea9e0afc3443c3ec3142c076715250fc2f4db00c92325d5d5de325beded3611563c2af6e249"
            + "11d5e5d529cd4b0afd52e6f2e3e11226bc09ec28042a4721cfc327290d2cc1c7b8d8f4ba2a15dbf42cea10c8db1ec2bf"
            + "f035dec11d07d235f1ce24e4b733008a1321e224e8c22a1cd9db24123d3701072acc3b40d9f9feaebd31d6d73542422e",
        // zh
        "31f1c9c858f4061d54f217f138f2c73337d0e0b71cf7bc25522bc21d2da9dec236db512ac9de20bce605345c1f2ddc27"
            + "c2dbe73a061d00d1f4b6b85b5afa002d75313a2bcbddfc4405e30ffd43e138d2abced81cc1242fba3ffc383ef7ccc4bf"
            + "e81f45fb45c8f5a7d54e5bc926cdbc342428c9d10ac13ccc2ed5d3f3baca3423d0fc1f36ef33185ebe03e1e2e326b432"
            + "343340c047e51def3f1e37ccdecd3147c3aebcd7b2af2c48b3f2e236e9180b3df2066d2ef0eab2d0b7ecd22c17e3fd34"
            + "d9dbd414c138202607b7211241e4ba31dc3422b6ab3dcdf4f83cc12827f80e93014629bfc124bfe7ceaec8a0f7344096"
            + "04bc16c02ed8f015e94b18b4e3addc2a3848d5223afa5e2e3806c9efd3f8c62149d9cddd225fccd03b232b2a3adaf131"
            + "fadfd3f233d0360bec66b40dd2ee3707ad46f60324436c31c8c9002c1125d4d3d1e8e9b55227cbed4efe05dcc617cfd4"
            + "d03fb4ca2358f645eebd11dce73404901232ca1be8b44038ceda401a4e1b000f2ba04833db08f0c4a834d3c62152392c",
    ]
}
