import DrillKit
import Glibc

/// A program in the place of `sbatch`, in a folder before the cluster's own: it writes down every submission, and when
/// it is armed, the next `sbatch` dies before, while or after the controller answers.
struct SbatchWrapper {
    /// When the next `sbatch` dies.
    enum Moment: String, Sendable, CaseIterable {
        /// The controller was never asked.
        case before
        /// The controller has the request and has not answered.
        case `while`
        /// The controller has answered, and nobody heard it.
        case after
    }

    /// The folder of commands.
    let folder: String

    /// Every call: when it ended, its exit code, the job's id or `-`, the job's name.
    var log: String { "\(folder)/sbatch.log" }
    private var arm: String { "\(folder)/sbatch.arm" }
    private var deaths: String { "\(folder)/sbatch.deaths" }

    /// Puts the wrapper of that real `sbatch` into the folder, and makes the folder.
    static func install(in folder: String, real: String) throws {
        mkdir(folder, 0o755)
        try TextFile.write(script(folder: folder, real: real), to: "\(folder)/sbatch", mode: 0o755)
    }

    /// Lets the next `sbatch` die. `controller` is stopped for the moment that it takes to kill `sbatch` while its
    /// request is on the way.
    func arm(_ moment: Moment, controller: Int32, port: UInt16) throws {
        try TextFile.write("\(moment.rawValue) \(controller) \(port)\n", to: "\(arm).new")
        guard rename("\(arm).new", arm) == 0 else { throw DrillFault("\(arm) cannot be made") }
    }

    /// Disarms it; answers whether an `sbatch` had taken it before.
    func disarm() -> Bool { unlink(arm) != 0 }

    /// What the wrapper wrote of deaths, in order.
    func died() -> [String] { TextFile.read(deaths).split(separator: "\n").map(String.init) }

    /// The wrapper becomes the dead process itself: whoever called it sees a child that a signal ended.
    private static func script(folder: String, real: String) -> String {
        #"""
        #!/bin/bash
        # sbatch as a drill's agent has it: writes down every call, and dies when told.
        folder='\#(folder)' real='\#(real)'
        name=- words=("$@")
        for ((i = 0; i < $#; i++)); do
            case ${words[i]} in --job-name=*) name=${words[i]#*=} ;; -J | --job-name) name=${words[i + 1]} ;; esac
        done
        told() { # told EXIT OUTPUT
            local job=${2%%;*}; [[ $job =~ ^[0-9]+$ ]] || job=-
            echo "$EPOCHREALTIME $1 $job $name" >>"$folder/sbatch.log"
        }
        died() { # died WORDS: what is written of it, and the death
            local stat; stat=$(</proc/$$/stat); stat=${stat##*) }; set -- "$1" $stat
            echo "$how $$ ${21} $name $EPOCHREALTIME $1" >>"$folder/sbatch.deaths"
            kill -KILL $$
        }
        # Whether the controller, which stands still, has the request of process $1 in its hands, unread.
        is_underway() {
            local file inodes= 
            for file in /proc/$1/fd/*; do
                file=$(readlink "$file") && [[ $file == socket:* ]] && { file=${file#*[}; inodes+=" ${file%]}"; }
            done
            awk -v inodes="$inodes" -v port="$(printf '%04X' "$port")" '
                BEGIN { n = split(inodes, list, " "); for (i = 1; i <= n; i++) mine[list[i]] = 1 }
                { split($2, here, ":"); split($3, there, ":"); split($5, queues, ":") }
                there[2] == port && ($10 in mine) { from[here[2]] = 1 }
                here[2] == port && $4 == "01" && queues[2] != "00000000" { waiting[there[2]] = 1 }
                END { for (p in from) if (p in waiting) exit 0; exit 1 }' /proc/net/tcp
        }
        if ! mv "$folder/sbatch.arm" "$folder/sbatch.armed.$$" 2>/dev/null; then
            output=$("$real" "$@"); code=$?
            told $code "$output"
            [ -z "$output" ] || printf '%s\n' "$output"
            exit $code
        fi
        read -r how controller port <"$folder/sbatch.armed.$$"; rm -f "$folder/sbatch.armed.$$"
        case $how in
        before) told 137 ''; died 'sbatch was never started' ;;
        while)
            kill -STOP "$controller"
            "$real" "$@" >"$folder/sbatch.out.$$" 2>&1 &
            child=$!
            for ((i = 0; i < 300; i++)); do
                is_underway $child && break
                kill -0 $child 2>/dev/null || break
                sleep 0.01
            done
            seen='no request was seen on its way'; is_underway $child && seen='its request lay unread at the controller'
            kill -KILL $child; wait $child 2>/dev/null; code=$?
            kill -CONT "$controller"
            told $code ''
            died "real sbatch $child ended with $code, having said '$(head -c 80 "$folder/sbatch.out.$$")'; $seen" ;;
        *)
            output=$("$real" "$@"); code=$?
            told $code "$output"
            died "sbatch had ended with $code and said '$output', untold" ;;
        esac
        """# + "\n"
    }
}
