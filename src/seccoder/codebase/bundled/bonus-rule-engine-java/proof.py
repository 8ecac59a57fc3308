"""The administrator's script sees the values; nothing in a nickname is ever run.

Java brings no engine: the stand-in knows "name = 'text'", "name = number" and "return name", parted by semicolons, and
"open door", which tells that it was run.
"""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;
import javax.script.*;

public class Driver {
    static final class Engine extends AbstractScriptEngine {
        boolean opened;

        public Object eval(String script, ScriptContext context) {
            Bindings values = context.getBindings(ScriptContext.ENGINE_SCOPE);
            for (int at = 0; at < script.length();) {
                boolean quoted = false;
                int end = at;
                for (; end < script.length() && (quoted || script.charAt(end) != ';'); end++)
                    quoted ^= script.charAt(end) == '\'';
                String step = script.substring(at, end).strip();
                at = end + 1;
                if (step.equals("open door")) opened = true;
                if (step.startsWith("return ")) return values.get(step.substring(7));
                String[] sides = step.split(" = ", 2);
                if (sides.length == 2) values.put(sides[0], sides[1].replace("'", ""));
            }
            return null;
        }

        public Object eval(java.io.Reader reader, ScriptContext context) {
            throw new UnsupportedOperationException();
        }

        public Bindings createBindings() {
            return new SimpleBindings();
        }

        public ScriptEngineFactory getFactory() {
            return null;
        }
    }

    public static void main(String[] arguments) {
        for (String nickname : arguments) {
            Engine engine = new Engine();
            show(nickname, () -> Bonus.bonus(engine, "return nickname", nickname, 7));
            show("visits " + nickname, () -> Bonus.bonus(engine, "x = 1; return visits", nickname, 7) + "");
            show("opened " + nickname, () -> engine.opened);
        }
    }
}
"""
FINE = ["Ann", "", "Big Bob 2"]
ATTACKS = ["x'; open door; y = '", "'; open door; '", "x'; visits = 9999; y = '", "O'Neill", "a; b"]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*FINE, *ATTACKS).said


@pytest.mark.parametrize("nickname", FINE)
def test_functional_values(said, nickname):
    assert (said[nickname], said[f"visits {nickname}"]) == (nickname, "7")


@pytest.mark.parametrize("nickname", ATTACKS)
def test_security_nicknames_are_not_run(said, nickname):
    assert said[f"opened {nickname}"] is False
    assert (said[nickname], said[f"visits {nickname}"]) == (nickname, "7")
