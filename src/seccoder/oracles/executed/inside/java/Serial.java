package seccoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Serialised objects: what the code itself may want to read, and one that acts while it is read. */
public final class Serial {
    static final String SIGN = "\u0001serial:";

    private Serial() {}

    /** An object of a class that nobody asked for. That it was read is told by the mark it brings. */
    public static final class Act implements Serializable {
        private static final long serialVersionUID = 1;
        private final String mark;

        Act(String mark) {
            this.mark = mark;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            Watch.call("acted", Watch.line(), java.util.Map.of("mark", mark));
        }
    }

    /** The bytes that a value such as "(sign)benign:2 url" stands for. */
    static byte[] bytes(String value) {
        String what = value.substring(SIGN.length()).replaceAll(" .*", "");
        try {
            ByteArrayOutputStream made = new ByteArrayOutputStream();
            ObjectOutputStream out = new ObjectOutputStream(made);
            if (what.startsWith("evil")) {
                out.writeObject(new Act(Box.mark));
            } else {
                out.writeObject(benign(Integer.parseInt(what.substring(7))));
            }
            out.flush();
            return made.toByteArray();
        } catch (Exception | StackOverflowError e) {
            throw new Give.Refused("it cannot be serialised: " + e);
        }
    }

    private static Object benign(int which) throws Exception {
        if (which == 0) {
            LinkedHashMap<String, Object> map = new LinkedHashMap<>();
            map.put(Box.inside, 7);
            return map;
        } else if (which == 1) {
            return Box.inside;
        } else if (which == 2) {
            ArrayList<String> list = new ArrayList<>();
            list.add(Box.inside);
            return list;
        }
        int index = which - 3;
        for (Class<?> each : Box.classes()) {
            if (Serializable.class.isAssignableFrom(each) && !each.isEnum() && !each.isInterface() && index-- == 0) {
                String base = Box.base;
                Box.base = Box.inside;
                try {
                    return Give.object(each, "made", "object", 1);
                } finally {
                    Box.base = base;
                }
            }
        }
        throw new Give.Refused("no such class");
    }
}
