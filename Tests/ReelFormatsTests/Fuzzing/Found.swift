import Testing

/// Inputs that once brought a reader down, or an impossible answer out of it.
struct Found: Sendable, CustomTestStringConvertible {
    /// Which target, and what it was.
    let target: String
    let what: String
    let base64: String

    var testDescription: String { "\(target): \(what)" }

    static let all: [Found] = [
        Found(
            target: "mp4", what: "a fragment whose samples stand before the file",
            base64: """
                AAAAHGZ0eXBpc281AAACAGlzbzVpc282bXA0MQAABKhtb292AAAAbG12aGQAAAAAAAAAAAAAAAAAAAPoAAAAAAABAQAAXwAAAAAA\
                AAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAB8HRy\
                YWsAAABcdGtoZAAAAAMAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAKoBAAAAAAAA\
                AAAAAAAAAEAAAAAAoAAAAHgAAAAAAYxtZGlhAAAAIG1kaGQAAAAAAAAAAAAAAAAAADIAAAAAAFXEAAAAAAAtaGRscgAAAAAAAAAA\
                dmlkZQAAAAAAAAAAAAAAAFZpZGVvSGFuZGxlcgAAAAE3bWluZgAAABR2bWhkAAAAAQAAAAAAAAAAAAAAJGRpbmYAAAAcZHJlZgAA\
                AAAAAAABAAAADHVybCAAAAABAAAA93N0YmwAAACrc3RzZADlAAAAAAAAAAAAIHRyZXgAAAAAAAAAAgAAAAEAAAAAAAAAAAAAAAAA\
                AAA9dWR0YQAAADVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABtZGlyYXBwbAAAAAAAAAAAAAAAAAhpbHN0AAAC/G1vb2YAAAAQbWZo\
                ZAAAAAAAAAABAAABGHRyYWYAAAAcdGZoZAACADgAAAABAAACAAAAAAAAAAAA////8XRydW4AAAMBAAB356tYfAYLTjOefzF/bgAA\
                ACFoZGxyAAAAAAAAAABtZGlyYXBwbAAAAAAAAAAAAAAAAAhpbHN0AAAC/G1vb2YAAAAQbWZoZAAAAAAAAAABAAABGHRyYWYAAAAc\
                dGZoZAACADgAAAABAAACAAAAAAAAAAAA////8XRydW4AAAMBAAB356tYfAYLTjOefzF/bgBAAAAAAAAAAAAAAAAAAAFbbWRpYQAA\
                ACBtZGhkAAAAAAAAAAAAAAAAAAC7gAAAAABVxAAAAAAALWhkbHIAAAAAAAAAAHNvdW4AAAAAAAAAAAAAAABTb3VuZEhhbmRsZXIA\
                AAABBm1pbmYAAAAQc21oZAAAAAAAADVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABtZGlyYXBwbAAAAAAAAAAAAAAAAAhpbHN0AAAC\
                /G1vb2YAAAAQbWZoZAAAAAAAAAABAAABGHRyYWYAAAAcdGZoZAACADgAAAABAAACAAAAAAAAAAAA////8XRydW4AAAMBAAB356tY\
                fAYLTjOefzF/boCABRGQVuUAAAAAAAAAAAAgdHJleAAAAAAAAAACAAAAAQAAAAAAAAAAAAAAAAAAAD11ZHRhAAAANW1ldGEAAAAA\
                AAAAIWhkbHIAAAAAAAAAAG1kaXJhcHBsAAAAAAAAAAAAAAAACGlsc3QAAAL8bW9vZgAAABBtZmhkAAAAAAAAAAEAAAEYdHJhZgAA\
                ABx0ZmhkAAIAOAAAAAEAAAIAAAAAAAAAAAD////xdHJ1bgAAAwEAAHfnq1h8BgtOM55/MX9uAAAAIWhkbHIAAAAAAAAAAG1kaXJh\
                cHBsAAAAAAAAAAAAAAAACGlsc3QAAAL8bW9vZgAAARh0cmFmAAAAHHRmaGQAAgA4AAAAAQAAAgAAAAAAAAAAAP////F0cnVuAAAD\
                AQAAd+erWHwGC04znn8xf24=
                """),
        Found(
            target: "png", what: "a keyword of more letters than a chunk of text may have",
            base64: """
                Uk5TAEDm2GYACQHKaVRYdP//////////X19fX19fX19fX19fX19fX1/o5UP///////8BQeSBoHxbyKLZEmsOeRVphWK5RnHpc808\
                9piN2WrNM7+cVGAsJrzU9WPjUwOjFwzoIKDj6OVCQwmx/////2CCAUHkgaB8W8ii2RJrDnkVk2dguN41XcOPj8NdJ7HLA8F7+XkS\
                HuCXxwRudHM8CgsquUZx6XPNPPaYjdlqzTO/nFRgLCa81PVj41MDoxfoIKDj6OVCQwmx/////2CCAUHkgaB8W8ii2RJrDnkV////\
                yt41KF3Dj4/DXSexywPBe/l5Eh7gl8cE2RJrDnkV////yt41KF3Dj4/D/////////wd5Eh7gl8cEANvAAACC
                """),
        Found(
            target: "webm", what: "a coding's name of 256 bytes",
            base64: """
                goR3ZYECGFOAZwGPWAEBAQAAFlSua04TrklTg4EC4ZGfgWJp/v////////+ZUJ7F64b///////9+////////////////////////\
                ////////////////////////////////////////////////////////////////////////////////////////////////////\
                ////////////////////////////////////////////////////////////////////////////////////////////////////\
                /////////////////////////w==
                """),
        Found(
            target: "jpg", what: "samples of no bits",
            base64: """
                /9j/4QAiRXhpZgAATU0AKgABAAgAAQESAAMAAAABAAYAAAAAAAD/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgQEBMQExYWFhYWFhoY\
                GhsbGxoaGhobGxsdHR0iIiIdHR0bGx0dICAiIiUmJSMjIiMmJigoKDAwLi44ODpFRVP/xACRAAADAQEBAQAAAAAAAAAAAAAFBAYD\
                BwAIAQADAQEAAAAAAAAAAAAAAAAEBQYHCBAAAQMCAggDBgcBAQAAAAAAARESAgMAIQRhUTEyExQFQUKCM8M+sSKBUyOScdJyUhWj\
                ohEAAgAFAgQEBAcBAAAAAAAAAUludAQDERIxMkFRInJiYQVx0bETgbJzM0IG0lL/wADSRjYjzGGSWVtMGViCBnIlgmRTYTAPUH0j\
                PLZrOSqDhyxAJVIIABiSSEA0mz3O9Scx+LX7tJrUVzka3SqWMysnc3CRFWc5QkkSnFZMmbSANoxCYpsF0Do8twGfPv8AAUuZxHtX\
                +zO29osC/W3g+JmaruTgEA65sO0E42A8wgGqpLVW4e93sLcmcas4Y4tjKtM7jBJ8sc4zPqy+nwF5U+965n1ZfT4C8qfexRwD4CGX\
                uO9/9Q/nh6G8LetGG8LesVt4m7PCfjEdbVPvattU+93DbQVa4x+P0h6G8LdtKG8LdsBt4CrP3B4R9THq9CpOpIiKgp3Goab1oZLM\
                VHNgqJ4o6dZs3dL072nl99xNyoZLcgssdfnGge/U6U9DU1Cli4KHBxp7rqgyAB5ynExS6XnJzAFUshmZzAFNSV8UNX8rMf5Wd+1/\
                7p/uuuyfrw835TdvcrepkRgAW29PlE1/Y7zUFXbt2wGBsq/fM5LuORWUo//Z
                """),
        Found(
            target: "mkv", what: "a height of 2^49 pixels",
            base64: """
                GkXfo6NChoEBQveBAULygQRC84EIQoKIbWF0cm9za2FCh4EEQoWBAhhTgGcBAAAAAAACJhFNm3S6TbuLU6uEFUmpZlOsgaFNu4tT\
                q4QWVK5rU6yB6027jFOrhBJUw2dTrIIBbU27jFOrhBxTu2tTrIICEOwBAAAAAAAAWQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
                AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAFUmpZsUq17GDD0JA\
                TYCNTGF2ZjU5LjI3LjEwMFdBjUxhdmY1OS4yNy4xMDBzpJCx3q941K5Y7ZA0l/HzyTD9RImIQEQAAAAAAAAWVK5r/a4BAAAAAAAA\
                dNeBAXPFiAeBhFxfxL4YnIEAIrWcg3VuRIiBAIOBASPjg4QCYlopho9WX01TL1ZGVy9GT1VSQ0PgkLCBArqHApqBAlWwhFUCY6Ko\
                KAAAAAIAAAACAAAAAQAYAEZGVjEMAAAAAAAAAAAAAAAAAAAAAAAAABJUw2f7c3OgY8CAZ8iaRaOHRU5DT0RFUkSHjUxhdmY1OS4y\
                Ny4xMDBzc9VjwItjxYgHgYRcX8S+GGfIn0Wjh0VOQ09ERVJEh5JMYXZjNTkuMzcuMTAwIGZmdjFnyKJFo4hEVVJBVElPTkSHlDAw\
                OjAwOjAwLjA0MDAwMDAwMAAAH0O2dZ7ngQCjmYEAAICbSWc0ZPdGm7y8gi4xiZWV7fvJkfAcU7trkbuPs4EAt4r3gQHxggHt8IED
                """),
        Found(
            target: "bmp", what: "samples of no bits",
            base64: """
                Qk02JAAAAD5hcGNuAAA+AAA+AAA+AEAAPgAAPgAAPgAAPgAAPgA+AAA+AAA+AAA+AAA+AAA+AAA+AAA+AAA+AAA+AAA9PQA9PQA9\
                PQA9PQA9PQA9PQA9PQA9PQA9PQA9PQA9PQA9PQA9//8A//8A/gB//gB//gB//gB//gB//gB/RmB//kNGSEQAfwAA/QAA/QAA/QAA\
                /QD+AAD+AAD+AAD+AAD+AAD+AAD9/QD9/QD9/QD9/QD9/QD9/QD9/QD9/QD9/QD9/f4AAP4AAP4AAP4AAP4AAP4AAP4AAP4AAP4A\
                AP4AAP4AAP4AAP0A/v0A/v0A/v0A/v0A/v0A/v0A/v0A/v0A/v0A/v//AP//AP//AP//AP//AP//AP//AP//AP//AP//AA==
                """),
    ]
}
